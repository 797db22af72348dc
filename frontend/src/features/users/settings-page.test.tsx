import { screen } from '@testing-library/react'
import { http } from 'msw'
import { expect, it } from 'vitest'

import { answer, api, at, PASSWORD, refusal, tooManyTries } from '@/testing/handlers'
import { openSignedIn } from '@/testing/render-app'

async function openSettings() {
  const app = await openSignedIn('/settings')
  await screen.findByRole('heading', { name: 'Settings' })
  return app
}

it('saves the profile, and shows the new name beside the navigation', async () => {
  const { user } = await openSettings()
  const name = screen.getByLabelText('Full name')
  expect(name).toHaveValue('Ada Lovelace')
  expect(screen.getByRole('button', { name: 'Save profile' })).toBeDisabled()

  await user.clear(name)
  await user.type(name, 'Ada King{Enter}')

  expect(await screen.findByText('Profile saved.')).toBeInTheDocument()
  expect(screen.getByRole('button', { name: /^Account of Ada King/u })).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Save profile' })).toBeDisabled()
})

it('shows at the e-mail that it is taken', async () => {
  answer(http.patch(at('/users/me'), () => refusal(409, 'Taken.', 'email_taken', 'email')))
  const { user } = await openSettings()
  await user.type(screen.getByLabelText('E-mail'), 'x{Enter}')

  expect(await screen.findByText('Taken.')).toBeInTheDocument()
  expect(screen.getByLabelText('E-mail')).toHaveAccessibleDescription('Taken.')
})

it('says above the form that it is not allowed, and does not sign out', async () => {
  answer(http.patch(at('/users/me'), () => refusal(403, 'This needs users:write.')))
  const { user } = await openSettings()
  await user.type(screen.getByLabelText('Full name'), 'x{Enter}')

  expect(await screen.findByRole('alert')).toHaveTextContent('This needs users:write.')
  expect(screen.getByRole('heading', { name: 'Settings' })).toBeInTheDocument()
})

it('changes the password and empties the form', async () => {
  const { user } = await openSettings()
  await user.type(screen.getByLabelText('Current password'), PASSWORD)
  await user.type(screen.getByLabelText('New password'), 'another-long-password{Enter}')

  expect(await screen.findByText(/Password changed/u)).toBeInTheDocument()
  expect(screen.getByLabelText('Current password')).toHaveValue('')
  expect(screen.getByLabelText('New password')).toHaveValue('')
})

it('shows at its field that the current password is wrong', async () => {
  answer(
    http.put(at('/users/me/password'), () =>
      refusal(400, 'The password is wrong.', 'wrong_password', 'current_password'),
    ),
  )
  const { user } = await openSettings()
  await user.type(screen.getByLabelText('Current password'), 'nope')
  await user.type(screen.getByLabelText('New password'), 'another-long-password{Enter}')

  expect(await screen.findByText('The password is wrong.')).toBeInTheDocument()
  expect(screen.getByLabelText('Current password')).toBeInvalid()
})

it('says how long to wait after too many wrong passwords, and does not sign out', async () => {
  answer(http.put(at('/users/me/password'), tooManyTries))
  const { user } = await openSettings()
  await user.type(screen.getByLabelText('Current password'), 'nope')
  await user.type(screen.getByLabelText('New password'), 'another-long-password{Enter}')

  expect(await screen.findByRole('alert')).toHaveTextContent('try again in 15 minutes')
  expect(screen.getByRole('heading', { name: 'Settings' })).toBeInTheDocument()
})

it('asks for a new password of at least 12 characters before it asks the server', async () => {
  const { user } = await openSettings()
  await user.type(screen.getByLabelText('New password'), 'short{Enter}')

  expect(await screen.findByText('Use at least 12 characters.')).toBeInTheDocument()
  expect(screen.getByLabelText('Current password')).toHaveAccessibleDescription('Fill this in.')
  expect(api.requests).not.toContain('PUT /users/me/password')
})

it('changes the theme', async () => {
  const { user } = await openSettings()
  await user.click(screen.getByRole('radio', { name: 'Dark' }))
  expect(document.documentElement).toHaveClass('dark')

  await user.click(screen.getByRole('radio', { name: 'Light' }))
  expect(document.documentElement).not.toHaveClass('dark')
})
