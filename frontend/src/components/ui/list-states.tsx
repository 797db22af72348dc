import { CircleX, SearchX } from 'lucide-react'

import { Button } from './button'
import { EmptyState } from './empty-state'
import { Skeleton } from './skeleton'

/** Rows that are on their way. */
export function ListLoading({ label }: { label: string }) {
  return (
    <div role="status" className="divide-y rounded-xl border bg-card shadow-soft">
      <span className="sr-only">Loading {label}…</span>
      <div className="h-11" />
      {['w-2/5', 'w-3/5', 'w-1/3', 'w-1/2', 'w-2/5'].map((width, index) => (
        <div key={index} className="flex items-center gap-6 px-5 py-4">
          <div className="grow space-y-2">
            <Skeleton className={`h-4 ${width}`} />
            <Skeleton className="h-3 w-3/4 opacity-60" />
          </div>
          <Skeleton className="h-4 w-20 max-sm:hidden" />
        </div>
      ))}
    </div>
  )
}

interface ListFailureProps {
  label: string
  message: string
  onRetry: () => void
}

/** Why the rows did not come, and another try. */
export function ListFailure({ label, message, onRetry }: ListFailureProps) {
  return (
    <div className="rounded-xl border bg-card shadow-soft">
      <EmptyState
        alert
        icon={CircleX}
        title={`The ${label} could not be loaded`}
        description={message}
      >
        <Button variant="secondary" size="small" onClick={onRetry}>
          Try again
        </Button>
      </EmptyState>
    </div>
  )
}

interface NoMatchesProps {
  label: string
  search: string
  onClear: () => void
}

/** A search that found nothing. */
export function NoMatches({ label, search, onClear }: NoMatchesProps) {
  return (
    <div className="rounded-xl border bg-card shadow-soft">
      <EmptyState
        icon={SearchX}
        title={`No ${label} match “${search}”`}
        description="Try fewer or other words."
      >
        <Button variant="secondary" size="small" onClick={onClear}>
          Clear search
        </Button>
      </EmptyState>
    </div>
  )
}
