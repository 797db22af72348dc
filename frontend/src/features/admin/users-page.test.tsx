import { screen, waitFor, within } from '@testing-library/react'
import { http } from 'msw'
import { beforeEach, expect, it } from 'vitest'

import { buildUser } from '@/testing/factories'
import { answer, api, at, refusal } from '@/testing/handlers'
import { openSignedIn } from '@/testing/render-app'

beforeEach(() => {
  api.user = buildUser({ role: 'admin' })
  api.users = [
    api.user,
    buildUser({ full_name: 'Grace Hopper', email: 'grace@example.com' }),
    buildUser({ full_name: 'Alan Turing', email: 'alan@example.com', role: 'admin' }),
    buildUser({ full_name: 'Tony Hoare', email: 'tony@example.com', is_active: false }),
  ]
})

async function openUsers() {
  const app = await openSignedIn('/admin/users')
  await screen.findByRole('table', { name: 'Users' })
  const choose = async (name: string, action: string) => {
    await app.user.click(screen.getByRole('button', { name: `Actions for ${name}` }))
    await app.user.click(screen.getByRole('menuitem', { name: action }))
    return screen.getByRole('alertdialog')
  }
  return { ...app, choose }
}

function rowOf(name: string): HTMLElement {
  return screen.getByRole('row', { name: new RegExp(name, 'u') })
}

it('lists everyone with role and status', async () => {
  await openUsers()

  expect(rowOf('Grace Hopper')).toHaveTextContent('Active')
  expect(rowOf('Alan Turing')).toHaveTextContent('Administrator')
  expect(rowOf('Tony Hoare')).toHaveTextContent('Deactivated')
})

it('offers no way to lock oneself out', async () => {
  await openUsers()

  expect(within(rowOf('Ada Lovelace')).queryByRole('button')).not.toBeInTheDocument()
  expect(rowOf('Ada Lovelace')).toHaveTextContent('(you)')
})

it.each([
  ['Grace Hopper', 'Deactivate', 'Deactivate', 'Deactivated'],
  ['Tony Hoare', 'Activate', 'Activate', 'Active'],
  ['Grace Hopper', 'Make an administrator', 'Make an administrator', 'Administrator'],
  ['Alan Turing', 'Make a user', 'Make a user', 'User'],
])('changes an account after asking: %s, %s', async (name, action, button, result) => {
  const { user, choose } = await openUsers()
  const dialog = await choose(name, action)
  expect(rowOf(name)).not.toHaveTextContent(new RegExp(`${result}(?!d)`, 'u'))

  await user.click(within(dialog).getByRole('button', { name: button }))

  await waitFor(() => {
    expect(rowOf(name)).toHaveTextContent(result)
  })
  expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument()
})

it('says why an account could not be changed', async () => {
  answer(
    http.patch(at('/admin/users/:id'), () =>
      refusal(400, 'You cannot change your own account.', 'cannot_change_self'),
    ),
  )
  const { user, choose } = await openUsers()
  const dialog = await choose('Grace Hopper', 'Deactivate')
  await user.click(within(dialog).getByRole('button', { name: 'Deactivate' }))

  expect(await within(dialog).findByRole('alert')).toHaveTextContent(
    'You cannot change your own account.',
  )
})

it('searches and sorts on the server', async () => {
  const { user, address } = await openUsers()
  await user.type(screen.getByRole('searchbox', { name: 'Search users' }), 'grace{Enter}')
  await waitFor(() => {
    expect(screen.queryByText('Alan Turing')).not.toBeInTheDocument()
  })

  await user.selectOptions(screen.getByRole('combobox', { name: 'Sort by' }), 'E-mail, A to Z')
  await waitFor(() => {
    expect(address()).toBe('/admin/users?sort=email&search=grace')
  })
})
