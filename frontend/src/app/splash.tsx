import { Mark } from '@/config/logo'

/** What is shown while it is found out who is there. */
export function Splash() {
  return (
    <div role="status" className="grid min-h-dvh place-items-center">
      <Mark className="size-10 animate-pulse" />
      <span className="sr-only">Loading…</span>
    </div>
  )
}
