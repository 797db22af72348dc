import { screen } from '@testing-library/react'
import { http } from 'msw'
import { expect, it } from 'vitest'

import { answer, api, at, PASSWORD, tooManyTries } from '@/testing/handlers'
import { openApp } from '@/testing/render-app'

async function openSignUp() {
  const app = await openApp('/sign-up')
  await screen.findByRole('heading', { name: 'Create an account' })
  const fill = async (name: string, email: string, password: string) => {
    await app.user.type(screen.getByLabelText('Full name'), name)
    await app.user.type(screen.getByLabelText('E-mail'), email)
    await app.user.type(screen.getByLabelText('Password'), `${password}{Enter}`)
  }
  return { ...app, fill }
}

it('creates the account and is signed in to it', async () => {
  const { fill } = await openSignUp()
  await fill('Grace Hopper', 'grace@example.com', PASSWORD)

  expect(await screen.findByRole('heading', { name: 'Items' })).toBeInTheDocument()
  expect(screen.getByRole('button', { name: /^Account of Grace Hopper/u })).toBeInTheDocument()
})

it('shows at each field what the API would refuse', async () => {
  const { fill } = await openSignUp()
  await fill('Grace', 'grace', 'short')

  expect(await screen.findByText(/Enter an e-mail address/u)).toBeInTheDocument()
  expect(screen.getByLabelText('E-mail')).toBeInvalid()
  expect(screen.getByLabelText('Password')).toHaveAccessibleDescription(
    'Use at least 12 characters.',
  )
  expect(screen.getByLabelText('Full name')).toBeValid()
  expect(api.requests).toEqual([])
})

it('shows at the e-mail that it has an account already', async () => {
  const { fill } = await openSignUp()
  await fill('Ada', api.user.email, PASSWORD)

  expect(await screen.findByText('This address has an account already.')).toBeInTheDocument()
  const email = screen.getByLabelText('E-mail')
  expect(email).toHaveAccessibleDescription('This address has an account already.')
  expect(email).toHaveFocus()
})

it('says after too many tries how long to wait', async () => {
  answer(http.post(at('/users/signup'), tooManyTries))
  const { fill } = await openSignUp()
  await fill('Grace Hopper', 'grace@example.com', PASSWORD)

  expect(await screen.findByRole('alert')).toHaveTextContent('try again in 15 minutes')
  expect(screen.getByLabelText('E-mail')).toHaveValue('grace@example.com')
})
