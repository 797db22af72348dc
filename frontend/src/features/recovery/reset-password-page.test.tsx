import { screen } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { expect, it } from 'vitest'

import { auth } from '@/lib/auth'
import { answer, api, at, refusal, RESET_TOKEN, tooManyTries } from '@/testing/handlers'
import { openApp } from '@/testing/render-app'

const NEW_PASSWORD = 'a-new-and-long-password'

async function followLink(token = RESET_TOKEN) {
  const app = await openApp(`/reset-password#token=${token}`)
  await screen.findByRole('heading', { name: 'Choose a new password' })
  return { ...app, password: screen.getByLabelText('New password') }
}

it('changes the password, and leads to the sign-in', async () => {
  let body: unknown
  answer(
    http.post(at('/login/reset-password'), async ({ request }) => {
      body = await request.json()
      return new HttpResponse(null, { status: 204 })
    }),
  )
  const { user, password } = await followLink()
  expect(document.title).toBe('Choose a new password · Kingpost')
  await user.type(password, `${NEW_PASSWORD}{Enter}`)

  expect(await screen.findByRole('heading', { name: 'Password changed' })).toHaveFocus()
  expect(body).toEqual({ token: RESET_TOKEN, new_password: NEW_PASSWORD })
  await user.click(screen.getByRole('link', { name: 'Sign in' }))
  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeInTheDocument()
})

it('takes the token out of the address at once, and keeps it for the form', async () => {
  const { user, password, address } = await followLink()
  expect(address()).toBe('/reset-password')

  await user.type(password, `${NEW_PASSWORD}{Enter}`)
  expect(await screen.findByRole('heading', { name: 'Password changed' })).toBeInTheDocument()
})

it('ends the session of this browser as well', async () => {
  api.session = true
  const { user, password } = await followLink()
  await auth.start()
  await user.type(password, `${NEW_PASSWORD}{Enter}`)
  await screen.findByRole('heading', { name: 'Password changed' })
  expect(auth.status).not.toBe('signed-in')

  await user.click(screen.getByRole('link', { name: 'Sign in' }))
  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeInTheDocument()
})

it('leaves another account signed in', async () => {
  api.session = true
  answer(http.post(at('/login/reset-password'), () => new HttpResponse(null, { status: 204 })))
  const { user, password } = await followLink()
  await auth.start()
  await user.type(password, `${NEW_PASSWORD}{Enter}`)
  await screen.findByRole('heading', { name: 'Password changed' })
  await user.click(screen.getByRole('link', { name: 'Sign in' }))

  expect(await screen.findByRole('heading', { name: 'Items' })).toBeInTheDocument()
})

it.each(['/reset-password', '/reset-password#token=', '/reset-password#other=x'])(
  'leads on from an address without a token: %s',
  async (address) => {
    const { user } = await openApp(address)
    await screen.findByRole('heading', { name: 'This link does not work' })
    await user.click(screen.getByRole('link', { name: 'Ask for another link' }))

    expect(
      await screen.findByRole('heading', { name: 'Forgot your password?' }),
    ).toBeInTheDocument()
  },
)

it('says that a link was used or is too old, and leads to a new one', async () => {
  const { user, password } = await followLink('old-token')
  await user.type(password, `${NEW_PASSWORD}{Enter}`)

  expect(await screen.findByRole('heading', { name: 'This link does not work' })).toHaveFocus()
  expect(screen.getByRole('link', { name: 'Ask for another link' })).toHaveAttribute(
    'href',
    '/forgot-password',
  )
})

it('asks for a password of at least 12 characters before it asks the server', async () => {
  const { user, password } = await followLink()
  await user.type(password, 'short{Enter}')

  expect(await screen.findByText('Use at least 12 characters.')).toBeInTheDocument()
  expect(password).toBeInvalid()
  expect(api.requests).not.toContain('POST /login/reset-password')
})

it('shows at the field what the server says about the password', async () => {
  const problem = refusal(400, 'Choose one that is not known.', 'weak', 'new_password')
  answer(http.post(at('/login/reset-password'), () => problem))
  const { user, password } = await followLink()
  await user.type(password, `${NEW_PASSWORD}{Enter}`)

  expect(await screen.findByText('Choose one that is not known.')).toBeInTheDocument()
  expect(password).toHaveFocus()
})

it('says that the server fails, and lets one try again', async () => {
  answer(http.post(at('/login/reset-password'), () => refusal(500, 'x'), { once: true }))
  const { user, password } = await followLink()
  await user.type(password, `${NEW_PASSWORD}{Enter}`)
  expect(await screen.findByRole('alert')).toHaveTextContent('Something went wrong on the server')

  await user.click(screen.getByRole('button', { name: 'Change password' }))
  expect(await screen.findByRole('heading', { name: 'Password changed' })).toBeInTheDocument()
})

it('says after too many tries how long to wait, and keeps the link for it', async () => {
  answer(http.post(at('/login/reset-password'), tooManyTries, { once: true }))
  const { user, password } = await followLink()
  await user.type(password, `${NEW_PASSWORD}{Enter}`)
  expect(await screen.findByRole('alert')).toHaveTextContent('try again in 15 minutes')

  await user.click(screen.getByRole('button', { name: 'Change password' }))
  expect(await screen.findByRole('heading', { name: 'Password changed' })).toBeInTheDocument()
})
