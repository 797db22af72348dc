import { fireEvent, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useState } from 'react'
import { expect, it, vi } from 'vitest'

import { ConfirmDialog } from './confirm-dialog'
import { Dialog } from './dialog'

const user = userEvent.setup()

function Page() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        onClick={() => {
          setOpen(true)
        }}
      >
        Open
      </button>
      {open && (
        <Dialog
          title="Rename"
          description="Only you see the name."
          onClose={() => {
            setOpen(false)
          }}
        >
          <input aria-label="Name" />
        </Dialog>
      )}
    </>
  )
}

async function open() {
  render(<Page />)
  await user.click(screen.getByRole('button', { name: 'Open' }))
  return screen.getByRole('dialog', { name: 'Rename' })
}

it('opens with its name, its description and the focus on the first field', async () => {
  expect(await open()).toHaveAccessibleDescription('Only you see the name.')
  expect(screen.getByRole('textbox', { name: 'Name' })).toHaveFocus()
})

it('gives the focus back when it is closed by its button', async () => {
  await open()
  await user.click(screen.getByRole('button', { name: 'Close' }))

  expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Open' })).toHaveFocus()
})

it('closes on Escape', async () => {
  await open()
  await user.keyboard('{Escape}')

  expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
})

it('closes on a press outside, but not when the press began inside', async () => {
  const dialog = await open()
  fireEvent.pointerDown(screen.getByRole('textbox', { name: 'Name' }))
  fireEvent.click(dialog)
  expect(dialog).toBeInTheDocument()

  fireEvent.pointerDown(dialog)
  fireEvent.click(dialog)
  expect(dialog).not.toBeInTheDocument()
})

it('asks with the focus on the harmless answer, and shows why the action failed', () => {
  render(
    <ConfirmDialog
      title="Delete this item?"
      description="It will be gone."
      action="Delete"
      destructive
      pending={false}
      error="It is in use."
      onConfirm={vi.fn()}
      onClose={vi.fn()}
    />,
  )

  expect(screen.getByRole('alertdialog', { name: 'Delete this item?' })).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Cancel' })).toHaveFocus()
  expect(screen.getByRole('alert')).toHaveTextContent('It is in use.')
})

it('takes no second answer while the first is carried out', async () => {
  const onConfirm = vi.fn()
  render(
    <ConfirmDialog
      title="Delete this item?"
      description="It will be gone."
      action="Delete"
      destructive
      pending
      onConfirm={onConfirm}
      onClose={vi.fn()}
    />,
  )

  await user.click(screen.getByRole('button', { name: 'Delete' }))

  expect(onConfirm).not.toHaveBeenCalled()
})
