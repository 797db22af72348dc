import type { ReactNode } from 'react'

import { PageTitle } from '@/components/ui/page-title'

interface MessagePageProps {
  /** A short word or number above the title. */
  kicker: string
  title: string
  description: string
  children: ReactNode
}

/** A page that says one thing, and what to do next. */
export function MessagePage({ kicker, title, description, children }: MessagePageProps) {
  return (
    <main className="grid min-h-[70dvh] place-items-center px-6 py-16">
      <PageTitle>{title}</PageTitle>
      <div className="max-w-md text-center">
        <p className="text-sm font-semibold text-primary">{kicker}</p>
        <h1 className="mt-3 text-3xl font-semibold tracking-tight text-balance">{title}</h1>
        <p className="mt-3 text-balance text-muted-foreground">{description}</p>
        <div className="mt-7 flex flex-wrap justify-center gap-2.5">{children}</div>
      </div>
    </main>
  )
}
