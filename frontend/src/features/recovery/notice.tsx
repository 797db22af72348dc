import type { LucideIcon } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'

import { PageTitle } from '@/components/ui/page-title'

interface NoticeProps {
  icon: LucideIcon
  title: string
  description: ReactNode
  children: ReactNode
}

/** Says how it went, in place of the form: what was done or why not, and where to go from here. */
export function Notice({ icon: Icon, title, description, children }: NoticeProps) {
  const heading = useRef<HTMLHeadingElement>(null)

  // The button that was pressed is gone: without this the focus falls to the top of the page, and
  // nobody who cannot see the page hears that it has changed.
  useEffect(() => {
    heading.current?.focus()
  }, [])

  return (
    <>
      <PageTitle>{title}</PageTitle>
      <span className="mb-5 grid size-11 place-items-center rounded-xl border bg-card text-primary shadow-soft">
        <Icon aria-hidden="true" className="size-5" />
      </span>
      <h1 ref={heading} tabIndex={-1} className="text-2xl font-semibold outline-none">
        {title}
      </h1>
      <div className="mt-2 mb-7 space-y-3 text-muted-foreground">{description}</div>
      <div className="space-y-4">{children}</div>
    </>
  )
}
