import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { PageTitle } from '@/components/ui/page-title'
import { Logo } from '@/config/logo'
import { paths } from '@/config/paths'

interface MessageProps {
  /** A short word or number above the title. */
  kicker: string
  title: string
  description: string
  children: ReactNode
}

/** Says one thing in place of a page, and what to do next. */
export function Message({ kicker, title, description, children }: MessageProps) {
  return (
    <div className="grid min-h-[65dvh] place-items-center py-12">
      <PageTitle>{title}</PageTitle>
      <div className="max-w-md text-center">
        <p className="text-sm font-semibold text-primary">{kicker}</p>
        <h1 className="mt-3 text-3xl font-semibold text-balance">{title}</h1>
        <p className="mt-3 text-balance text-muted-foreground">{description}</p>
        <div className="mt-7 flex flex-wrap justify-center gap-2.5">{children}</div>
      </div>
    </div>
  )
}

/** The frame of a message that stands alone, outside the navigation. */
export function MessageFrame({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col px-6 py-5 sm:px-10 sm:py-7">
      <header>
        <Link to={paths.home} className="inline-block rounded-md">
          <Logo />
        </Link>
      </header>
      <main className="grow">{children}</main>
    </div>
  )
}
