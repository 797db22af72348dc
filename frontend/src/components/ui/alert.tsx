import { CircleAlert, Info } from 'lucide-react'
import type { ReactNode } from 'react'

import { cn } from '@/lib/cn'

interface AlertProps {
  tone?: 'error' | 'info'
  children: ReactNode
}

/** A message about the form or page as a whole. An error is read out as soon as it appears. */
export function Alert({ tone = 'error', children }: AlertProps) {
  const Icon = tone === 'error' ? CircleAlert : Info
  return (
    <div
      role={tone === 'error' ? 'alert' : 'status'}
      className={cn(
        'flex gap-2.5 rounded-lg border px-3.5 py-3 text-sm',
        tone === 'error'
          ? 'border-destructive/25 bg-destructive-surface text-destructive'
          : 'bg-muted text-foreground',
      )}
    >
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div>{children}</div>
    </div>
  )
}
