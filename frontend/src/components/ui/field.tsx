import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, type ReactNode, useId, useState } from 'react'

import { cn } from '@/lib/cn'

import { controlClass } from './control'

interface FieldText {
  label: string
  /** A line of help below the control. */
  hint?: ReactNode
  /** What is wrong with the value; shown in place of the hint, and read out with the control. */
  error?: string | undefined
}

interface ControlAttributes {
  id: string
  'aria-invalid': boolean | undefined
  'aria-describedby': string | undefined
}

interface FieldProps extends FieldText {
  optional?: boolean
  children: (attributes: ControlAttributes) => ReactNode
}

/** A label, a control and the line that explains it or says what is wrong. */
export function Field({ label, hint, error, optional = false, children }: FieldProps) {
  const id = useId()
  const noteId = `${id}-note`
  const note = error ?? hint
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="flex items-baseline justify-between text-sm font-medium">
        {label}
        {optional && <span className="text-xs font-normal text-muted-foreground">Optional</span>}
      </label>
      {children({
        id,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': note ? noteId : undefined,
      })}
      {note && (
        <p
          id={noteId}
          className={cn('text-[0.8125rem]', error ? 'text-destructive' : 'text-muted-foreground')}
        >
          {note}
        </p>
      )}
    </div>
  )
}

type Controlled<Element extends 'input' | 'textarea'> = Omit<
  ComponentProps<Element>,
  'id' | 'className'
> &
  FieldText & { optional?: boolean }

export function TextField({ label, hint, error, optional, ...props }: Controlled<'input'>) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional ?? false}>
      {(attributes) => (
        <input {...attributes} {...props} className={cn(controlClass, 'h-10 px-3')} />
      )}
    </Field>
  )
}

export function TextAreaField({ label, hint, error, optional, ...props }: Controlled<'textarea'>) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional ?? false}>
      {(attributes) => (
        <textarea
          rows={4}
          {...attributes}
          {...props}
          className={cn(controlClass, 'min-h-24 resize-y px-3 py-2')}
        />
      )}
    </Field>
  )
}

/** A password, with a button that shows what was typed. */
export function PasswordField({ label, hint, error, ...props }: Controlled<'input'>) {
  const [shown, setShown] = useState(false)
  const Icon = shown ? EyeOff : Eye
  return (
    <Field label={label} hint={hint} error={error}>
      {(attributes) => (
        <div className="relative">
          <input
            {...attributes}
            {...props}
            type={shown ? 'text' : 'password'}
            autoCapitalize="none"
            spellCheck={false}
            className={cn(controlClass, 'h-10 pr-11 pl-3')}
          />
          <button
            type="button"
            aria-label={shown ? `Hide ${label.toLowerCase()}` : `Show ${label.toLowerCase()}`}
            onClick={() => {
              setShown(!shown)
            }}
            className="absolute inset-y-1 right-1 grid w-9 place-items-center rounded-md text-muted-foreground transition-colors hover:text-foreground"
          >
            <Icon aria-hidden="true" className="size-4" />
          </button>
        </div>
      )}
    </Field>
  )
}

/** A password that is being chosen. */
export function NewPasswordField(props: Omit<Controlled<'input'>, 'autoComplete' | 'hint'>) {
  return (
    <PasswordField
      autoComplete="new-password"
      hint="At least 12 characters. A few random words work well."
      {...props}
    />
  )
}
