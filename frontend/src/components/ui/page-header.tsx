import type { ReactNode } from 'react'

import { PageTitle } from './page-title'

interface PageHeaderProps {
  title: string
  description: string
  children?: ReactNode
}

/** A page's title, one line about it, and its main action. */
export function PageHeader({ title, description, children }: PageHeaderProps) {
  return (
    <header className="mb-6 flex items-start justify-between gap-4 sm:items-end">
      <PageTitle>{title}</PageTitle>
      <div className="min-w-0">
        <h1 id="page-title" tabIndex={-1} className="text-2xl font-semibold outline-none">
          {title}
        </h1>
        <p className="mt-1 text-muted-foreground">{description}</p>
      </div>
      {children}
    </header>
  )
}
