import { X } from 'lucide-react'
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'

import { cn } from '@/lib/cn'

import { Button } from './button'

interface ModalProps {
  label?: string
  labelledBy?: string
  describedBy?: string
  role?: 'alertdialog'
  className: string
  onClose: () => void
  children: ReactNode
}

/**
 * The browser's own modal dialog: it keeps the focus inside, hides the page behind from assistive
 * technology, and gives the focus back when it goes. It is open for as long as it is rendered.
 */
export function Modal(props: ModalProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const pressStartedOutside = useRef(false)

  // A layout effect's cleanup still finds the element in the page, and only an element that is
  // closed there gives the focus back.
  useLayoutEffect(() => {
    const dialog = ref.current
    keepScrollbarRoom()
    dialog?.showModal()
    return () => {
      dialog?.close()
    }
  }, [])

  return (
    // The backdrop is part of the dialog element, so a press on it arrives here; the keyboard's way
    // out is Escape, which the browser turns into `cancel`.
    // eslint-disable-next-line jsx-a11y-x/no-noninteractive-element-interactions, jsx-a11y-x/click-events-have-key-events
    <dialog
      ref={ref}
      aria-label={props.label}
      aria-labelledby={props.labelledBy}
      aria-describedby={props.describedBy}
      role={props.role}
      className={cn('backdrop:bg-black/45 backdrop:backdrop-blur-[2px]', props.className)}
      onCancel={(event) => {
        event.preventDefault()
        props.onClose()
      }}
      onPointerDown={(event) => {
        pressStartedOutside.current = event.target === ref.current
      }}
      onClick={(event) => {
        if (pressStartedOutside.current && event.target === ref.current) props.onClose()
      }}
    >
      {props.children}
    </dialog>
  )
}

/** Tells the style sheet how much room the scrollbar takes, which an open dialog hides. */
function keepScrollbarRoom() {
  const root = document.documentElement
  const width = window.innerWidth - root.getBoundingClientRect().width
  root.style.setProperty('--scrollbar-width', `${String(width)}px`)
}

interface DialogProps {
  title: string
  description?: ReactNode
  /** Asks for a decision: assistive technology reads the whole of it at once. */
  alert?: boolean
  onClose: () => void
  children: ReactNode
}

/** A titled dialog: a sheet from the bottom on a phone, centred elsewhere. */
export function Dialog({ title, description, alert = false, onClose, children }: DialogProps) {
  const id = useId()
  return (
    <Modal
      labelledBy={`${id}-title`}
      {...(description ? { describedBy: `${id}-description` } : {})}
      {...(alert ? { role: 'alertdialog' } : {})}
      onClose={onClose}
      className="mx-auto mt-auto mb-0 w-full max-w-none dialog-enter rounded-t-2xl border bg-card text-foreground shadow-float sm:my-auto sm:max-w-lg sm:rounded-2xl"
    >
      <div className="px-5 pt-5 sm:px-6 sm:pt-6">
        <h2 id={`${id}-title`} className="pr-8 text-lg font-semibold">
          {title}
        </h2>
        {description && (
          <p id={`${id}-description`} className="mt-1.5 text-sm text-muted-foreground">
            {description}
          </p>
        )}
      </div>
      <div className="px-5 pt-4 pb-5 sm:px-6 sm:pb-6">{children}</div>
      {/* Last in the order, so that the dialog opens with the focus on its first control. */}
      {!alert && (
        <Button
          variant="ghost"
          size="icon"
          aria-label="Close"
          onClick={onClose}
          className="absolute top-4 right-4 text-muted-foreground sm:top-5 sm:right-5"
        >
          <X aria-hidden="true" className="size-4" />
        </Button>
      )}
    </Modal>
  )
}

/** The row of buttons at a dialog's end; on a phone the main one is on top and all are wide. */
export function DialogActions({ children }: { children: ReactNode }) {
  return (
    <div className="mt-6 flex flex-col-reverse gap-2.5 sm:flex-row sm:justify-end">{children}</div>
  )
}
