import type { ComponentProps } from 'react'

import { cn } from '@/lib/cn'

import { Spinner } from './spinner'

const variants = {
  primary:
    'bg-primary text-primary-foreground shadow-soft hover:bg-primary-hover active:bg-primary-hover',
  secondary: 'border border-input bg-card shadow-soft hover:bg-muted',
  ghost: 'hover:bg-muted',
  destructive: 'bg-destructive text-destructive-foreground shadow-soft hover:bg-destructive-hover',
} as const

const sizes = {
  medium: 'h-10 gap-2 px-4 text-sm',
  small: 'h-9 gap-1.5 px-3 text-sm',
  icon: 'size-9 shrink-0',
} as const

interface ButtonStyle {
  variant?: keyof typeof variants
  size?: keyof typeof sizes
  className?: string | undefined
}

/** The classes of a button, for a link that looks like one. */
export function buttonClass({ variant = 'primary', size = 'medium', className }: ButtonStyle = {}) {
  return cn(
    'inline-flex items-center justify-center rounded-lg font-medium whitespace-nowrap transition-colors',
    'disabled:pointer-events-none disabled:opacity-55',
    variants[variant],
    sizes[size],
    className,
  )
}

interface ButtonProps extends ComponentProps<'button'>, ButtonStyle {
  /** The action runs: the button shows it and takes no second press, but keeps the focus. */
  pending?: boolean
}

export function Button({
  variant,
  size,
  className,
  pending = false,
  type = 'button',
  onClick,
  children,
  ...props
}: ButtonProps) {
  return (
    <button
      type={type}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      className={buttonClass({
        ...(variant && { variant }),
        ...(size && { size }),
        className: cn(pending && 'cursor-progress opacity-75', className),
      })}
      onClick={(event) => {
        // A disabled button would drop the focus to the page; this one only refuses the press.
        if (pending) event.preventDefault()
        else onClick?.(event)
      }}
      {...props}
    >
      {pending && <Spinner />}
      {children}
    </button>
  )
}
