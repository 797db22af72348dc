import { cn } from '@/lib/cn'

/** The look that inputs, text areas and selects share. 16 px on phones: less makes iOS zoom in. */
export const controlClass = cn(
  'block w-full rounded-lg border border-input bg-card text-base shadow-soft transition-colors sm:text-sm',
  'placeholder:text-muted-foreground hover:border-muted-foreground/50',
  'focus-visible:border-ring focus-visible:outline-[3px] focus-visible:outline-offset-0 focus-visible:outline-ring/35',
  'aria-invalid:border-destructive aria-invalid:focus-visible:outline-destructive/25',
  'disabled:cursor-not-allowed disabled:opacity-55',
)
