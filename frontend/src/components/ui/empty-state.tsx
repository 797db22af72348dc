import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

interface EmptyStateProps {
  icon: LucideIcon
  title: string
  description: string
  /** A failure is read out as soon as it appears. */
  alert?: boolean
  children?: ReactNode
}

/** Stands in for a list that has nothing to show: says why, and what to do about it. */
export function EmptyState({ icon: Icon, title, description, alert, children }: EmptyStateProps) {
  return (
    <div
      role={alert ? 'alert' : undefined}
      className="flex flex-col items-center px-6 py-16 text-center"
    >
      <span className="mb-4 grid size-11 place-items-center rounded-xl border bg-background text-muted-foreground shadow-soft">
        <Icon aria-hidden="true" className="size-5" />
      </span>
      <p className="font-semibold">{title}</p>
      <p className="mt-1 max-w-sm text-sm text-balance text-muted-foreground">{description}</p>
      {children && <div className="mt-5 flex flex-wrap justify-center gap-2.5">{children}</div>}
    </div>
  )
}
