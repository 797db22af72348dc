import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { Copy, Pencil, Trash2 } from 'lucide-react'
import { beforeEach, expect, it, vi } from 'vitest'

import { Menu } from './menu'

const user = userEvent.setup()
const onDelete = vi.fn()

beforeEach(() => {
  onDelete.mockReset()
  render(
    <>
      <Menu
        trigger="Actions"
        triggerClass=""
        items={[
          { label: 'Edit', icon: Pencil, onSelect: () => undefined },
          { label: 'Copy', icon: Copy, onSelect: () => undefined },
          { label: 'Delete', icon: Trash2, onSelect: onDelete },
        ]}
      />
      <button type="button">Elsewhere</button>
    </>,
  )
})

function trigger() {
  return screen.getByRole('button', { name: 'Actions' })
}

function entry(name: string) {
  return screen.getByRole('menuitem', { name })
}

it('opens with the focus on its first entry', async () => {
  expect(trigger()).toHaveAttribute('aria-expanded', 'false')
  await user.click(trigger())

  expect(trigger()).toHaveAttribute('aria-expanded', 'true')
  expect(screen.getByRole('menu', { name: 'Actions' })).toBeInTheDocument()
  expect(entry('Edit')).toHaveFocus()
})

it('moves with the arrows, round both ends', async () => {
  trigger().focus()
  await user.keyboard('{ArrowDown}{ArrowDown}')
  expect(entry('Copy')).toHaveFocus()

  await user.keyboard('{ArrowDown}{ArrowDown}')
  expect(entry('Edit')).toHaveFocus()

  await user.keyboard('{ArrowUp}')
  expect(entry('Delete')).toHaveFocus()

  await user.keyboard('{Home}')
  expect(entry('Edit')).toHaveFocus()

  await user.keyboard('{End}')
  expect(entry('Delete')).toHaveFocus()
})

it('finds an entry by its first letter', async () => {
  await user.click(trigger())
  await user.keyboard('d')

  expect(entry('Delete')).toHaveFocus()
})

it('runs the action and gives the focus back', async () => {
  await user.click(trigger())
  await user.keyboard('{End}{Enter}')

  expect(onDelete).toHaveBeenCalledOnce()
  expect(screen.queryByRole('menu')).not.toBeInTheDocument()
  expect(trigger()).toHaveFocus()
})

it('closes on Escape without doing anything', async () => {
  await user.click(trigger())
  await user.keyboard('{Escape}')

  expect(screen.queryByRole('menu')).not.toBeInTheDocument()
  expect(trigger()).toHaveFocus()
  expect(onDelete).not.toHaveBeenCalled()
})

it('closes on a press elsewhere', async () => {
  await user.click(trigger())
  await user.click(screen.getByRole('button', { name: 'Elsewhere' }))

  expect(screen.queryByRole('menu')).not.toBeInTheDocument()
})

it('closes when the focus moves on', async () => {
  await user.click(trigger())
  await user.tab()

  expect(screen.queryByRole('menu')).not.toBeInTheDocument()
})
