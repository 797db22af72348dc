import { screen } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { expect, it } from 'vitest'

import { answer, api, at, refusal, tooManyTries } from '@/testing/handlers'
import { openApp } from '@/testing/render-app'

async function openForgotPassword() {
  const app = await openApp('/forgot-password')
  await screen.findByRole('heading', { name: 'Forgot your password?' })
  return { ...app, email: screen.getByRole('textbox', { name: 'E-mail' }) }
}

it('is reached from the sign-in, and leads back to it', async () => {
  const { user, address } = await openApp('/sign-in')
  await user.click(await screen.findByRole('link', { name: 'Forgot your password?' }))
  expect(await screen.findByRole('heading', { name: 'Forgot your password?' })).toBeInTheDocument()
  expect(address()).toBe('/forgot-password')
  expect(document.title).toBe('Forgot your password? · Kingpost')

  await user.click(screen.getByRole('link', { name: 'Back to the sign-in' }))
  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeInTheDocument()
})

it('says what comes next, whether or not the address has an account', async () => {
  let body: unknown
  answer(
    http.post(at('/login/password-recovery'), async ({ request }) => {
      body = await request.json()
      return HttpResponse.json({ detail: 'Sent.' }, { status: 202 })
    }),
  )
  const { user, email } = await openForgotPassword()
  await user.type(email, ' ada@example.com {Enter}')

  const heading = await screen.findByRole('heading', { name: 'Check your mail' })
  expect(heading).toHaveFocus()
  expect(screen.getByText('ada@example.com')).toBeInTheDocument()
  expect(document.title).toBe('Check your mail · Kingpost')
  expect(body).toEqual({ email: 'ada@example.com' })
})

it('can be asked again', async () => {
  const { user, email } = await openForgotPassword()
  await user.type(email, 'ada@example.com{Enter}')
  await user.click(await screen.findByRole('button', { name: 'Send another one' }))
  await user.type(screen.getByRole('textbox', { name: 'E-mail' }), 'ada@example.org{Enter}')

  expect(await screen.findByText('ada@example.org')).toBeInTheDocument()
  expect(api.requests).toEqual(['POST /login/password-recovery', 'POST /login/password-recovery'])
})

it.each([
  ['', 'Enter an e-mail address'],
  ['ada', 'Enter an e-mail address'],
])('asks for an address before it asks the server: "%s"', async (typed, message) => {
  const { user, email } = await openForgotPassword()
  if (typed) await user.type(email, typed)
  await user.click(screen.getByRole('button', { name: 'Send the link' }))

  expect(await screen.findByText(new RegExp(message, 'u'))).toBeInTheDocument()
  expect(email).toBeInvalid()
  expect(email).toHaveFocus()
  expect(api.requests).toEqual([])
})

it('says so where the site sends no mail', async () => {
  answer(http.post(at('/login/password-recovery'), () => refusal(503, 'x', 'mail_unavailable')))
  const { user, email } = await openForgotPassword()
  await user.type(email, 'ada@example.com{Enter}')

  expect(await screen.findByRole('alert')).toHaveTextContent('This site sends no mail')
  expect(email).toHaveValue('ada@example.com')
})

it('says that the server fails, and lets one try again', async () => {
  answer(http.post(at('/login/password-recovery'), () => HttpResponse.error(), { once: true }))
  const { user, email } = await openForgotPassword()
  await user.type(email, 'ada@example.com{Enter}')
  expect(await screen.findByRole('alert')).toHaveTextContent('The server cannot be reached.')

  await user.click(screen.getByRole('button', { name: 'Send the link' }))
  expect(await screen.findByRole('heading', { name: 'Check your mail' })).toBeInTheDocument()
})

it('is open to those who are signed in, too', async () => {
  api.session = true
  await openApp('/forgot-password')

  expect(await screen.findByRole('heading', { name: 'Forgot your password?' })).toBeInTheDocument()
})

it('says after too many mails how long to wait', async () => {
  answer(http.post(at('/login/password-recovery'), tooManyTries))
  const { user, email } = await openForgotPassword()
  await user.type(email, 'ada@example.com{Enter}')

  expect(await screen.findByRole('alert')).toHaveTextContent('try again in 15 minutes')
})
