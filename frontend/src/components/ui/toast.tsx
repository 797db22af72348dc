import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { useEffect, useSyncExternalStore } from 'react'

interface Toast {
  id: number
  tone: 'success' | 'error'
  text: string
}

const SHOWN_MS = 5000

let toasts: readonly Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()

function change(next: readonly Toast[]) {
  toasts = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

function dismiss(id: number) {
  change(toasts.filter((toast) => toast.id !== id))
}

function show(tone: Toast['tone'], text: string) {
  lastId += 1
  change([...toasts.slice(-2), { id: lastId, tone, text }])
}

/** Says in a corner of the page that something was done, or why it was not. */
export const toast = {
  success: (text: string) => {
    show('success', text)
  },
  error: (text: string) => {
    show('error', text)
  },
}

function ToastCard({ toast: { id, tone, text } }: { toast: Toast }) {
  useEffect(() => {
    // An error stays until it is closed: it may be the only place that says what went wrong.
    if (tone === 'error') return
    const timer = window.setTimeout(() => {
      dismiss(id)
    }, SHOWN_MS)
    return () => {
      window.clearTimeout(timer)
    }
  }, [id, tone])

  return (
    <div className="pointer-events-auto flex w-full dialog-enter items-start gap-3 rounded-xl border bg-card py-3 pr-2 pl-4 text-sm shadow-float sm:w-88">
      {tone === 'success' ? (
        <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-primary" />
      ) : (
        <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-destructive" />
      )}
      <p className="grow">{text}</p>
      <button
        type="button"
        aria-label="Dismiss"
        onClick={() => {
          dismiss(id)
        }}
        className="-my-1 grid size-7 shrink-0 place-items-center rounded-md text-muted-foreground hover:text-foreground"
      >
        <X aria-hidden="true" className="size-3.5" />
      </button>
    </div>
  )
}

/** The corner where toasts appear. It is always there, so that screen readers announce each one. */
export function Toaster() {
  const shown = useSyncExternalStore(subscribe, () => toasts)
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-4 bottom-4 z-50 flex flex-col items-end gap-2.5 sm:inset-x-6 sm:bottom-6"
    >
      {shown.map((entry) => (
        <ToastCard key={entry.id} toast={entry} />
      ))}
    </div>
  )
}
