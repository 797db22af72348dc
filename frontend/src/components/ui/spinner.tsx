import { LoaderCircle } from 'lucide-react'

import { cn } from '@/lib/cn'

/** A turning circle. Purely visual: the text beside it says what is going on. */
export function Spinner({ className }: { className?: string }) {
  return <LoaderCircle aria-hidden="true" className={cn('animate-spin', className ?? 'size-4')} />
}
