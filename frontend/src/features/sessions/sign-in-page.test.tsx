import { screen } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { expect, it } from 'vitest'

import { answer, api, at, PASSWORD, refusal, tooManyTries } from '@/testing/handlers'
import { openApp } from '@/testing/render-app'

async function openSignIn(address = '/sign-in') {
  const app = await openApp(address)
  await screen.findByRole('heading', { name: 'Sign in' })
  const email = screen.getByRole('textbox', { name: 'E-mail' })
  const password = screen.getByLabelText('Password')
  const submit = screen.getByRole('button', { name: 'Sign in' })
  return { ...app, email, password, submit }
}

it('signs in and shows the items', async () => {
  const { user, email, password, address } = await openSignIn()
  await user.type(email, api.user.email)
  await user.type(password, `${PASSWORD}{Enter}`)

  expect(await screen.findByRole('heading', { name: 'Items' })).toBeInTheDocument()
  expect(address()).toBe('/items')
  expect(document.title).toBe('Items · Kingpost')
})

it('asks for what is missing without asking the server', async () => {
  const { user, email, password, submit } = await openSignIn()
  await user.click(submit)
  expect(email).toHaveAccessibleDescription('Fill this in.')
  expect(email).toHaveFocus()

  await user.type(email, 'ada@example.com')
  await user.click(submit)
  expect(email).toBeValid()
  expect(password).toHaveAccessibleDescription('Fill this in.')
  expect(password).toHaveFocus()
  expect(api.requests).toEqual([])
})

it('says that the e-mail or the password is wrong, and keeps the e-mail', async () => {
  const { user, email, password } = await openSignIn()
  await user.type(email, api.user.email)
  await user.type(password, 'wrong{Enter}')

  expect(await screen.findByRole('alert')).toHaveTextContent(
    'The e-mail address or the password is wrong.',
  )
  expect(email).toHaveValue(api.user.email)
})

it('shows what the server says about a value at its field', async () => {
  const detail = [{ type: 'too_long', loc: ['body', 'username'], msg: 'Use a shorter address.' }]
  answer(http.post(at('/login/access-token'), () => HttpResponse.json({ detail }, { status: 422 })))
  const { user, email, password } = await openSignIn()
  await user.type(email, 'ada@example.com')
  await user.type(password, 'x{Enter}')

  expect(await screen.findByText('Use a shorter address.')).toBeInTheDocument()
  expect(email).toHaveAccessibleDescription('Use a shorter address.')
  expect(screen.queryByRole('alert')).not.toBeInTheDocument()
})

it('says that the server fails, and lets one try again', async () => {
  answer(http.post(at('/login/access-token'), () => refusal(503, 'x'), { once: true }))
  const { user, email, password, submit } = await openSignIn()
  await user.type(email, api.user.email)
  await user.type(password, `${PASSWORD}{Enter}`)
  expect(await screen.findByRole('alert')).toHaveTextContent('Something went wrong on the server')

  await user.click(submit)
  expect(await screen.findByRole('heading', { name: 'Items' })).toBeInTheDocument()
})

it('goes back to where one wanted to be', async () => {
  const { user, email, password, address } = await openSignIn('/settings')
  expect(address()).toBe('/sign-in?redirect=%2Fsettings')

  await user.type(email, api.user.email)
  await user.type(password, `${PASSWORD}{Enter}`)

  expect(await screen.findByRole('heading', { name: 'Settings' })).toBeInTheDocument()
})

it.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
])('leads to no other site: %s', async (target) => {
  api.session = true
  const { address } = await openApp(`/sign-in?redirect=${encodeURIComponent(target)}`)

  expect(await screen.findByRole('heading', { name: 'Items' })).toBeInTheDocument()
  expect(address()).toBe('/items')
})

it('says after too many tries how long to wait, and keeps the e-mail', async () => {
  answer(http.post(at('/login/access-token'), tooManyTries, { once: true }))
  const { user, email, password } = await openSignIn()
  await user.type(email, api.user.email)
  await user.type(password, `${PASSWORD}{Enter}`)
  expect(await screen.findByRole('alert')).toHaveTextContent('try again in 15 minutes')
  expect(email).toHaveValue(api.user.email)

  await user.type(password, '{Enter}')
  expect(await screen.findByRole('heading', { name: 'Items' })).toBeInTheDocument()
})
