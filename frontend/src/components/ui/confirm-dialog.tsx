import type { ReactNode } from 'react'

import { Alert } from './alert'
import { Button } from './button'
import { Dialog, DialogActions } from './dialog'

interface ConfirmDialogProps {
  title: string
  description: ReactNode
  /** The verb on the button, as in the title: "Delete", not "OK". */
  action: string
  /** Takes something away; the button warns of it. */
  destructive: boolean
  pending: boolean
  /** Why the last try failed. */
  error?: string | undefined
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something that is not easily undone. The focus starts on the harmless answer. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Dialog alert title={props.title} description={props.description} onClose={props.onClose}>
      {props.error && <Alert>{props.error}</Alert>}
      <DialogActions>
        <Button variant="secondary" onClick={props.onClose}>
          Cancel
        </Button>
        <Button
          variant={props.destructive ? 'destructive' : 'primary'}
          pending={props.pending}
          onClick={props.onConfirm}
        >
          {props.action}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
