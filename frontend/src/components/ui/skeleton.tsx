import { cn } from '@/lib/cn'

/** A grey block that stands where content will be. */
export function Skeleton({ className }: { className: string }) {
  return <div aria-hidden="true" className={cn('animate-pulse rounded-md bg-muted', className)} />
}
