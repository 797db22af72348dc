import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { expect, it, vi } from 'vitest'

import { buildItem, buildUser } from '@/testing/factories'
import { answer, api, at, refusal, tooManyTries } from '@/testing/handlers'
import { inOtherTab, openApp, openSignedIn } from '@/testing/render-app'

/** The router writes to the console every error that it shows; here it is expected. */
function silenceConsole() {
  vi.spyOn(console, 'error').mockReturnValue()
  vi.spyOn(console, 'warn').mockReturnValue()
}

it('starts at the items', async () => {
  const { address } = await openSignedIn('/')

  expect(address()).toBe('/items')
})

it('shows the sign-in to a new visitor without a request', async () => {
  await openApp('/items')
  await screen.findByRole('heading', { name: 'Sign in' })

  expect(api.requests).toEqual([])
})

it('asks once whether the session is still good', async () => {
  api.session = true
  answer(http.post(at('/login/refresh'), () => refusal(401, 'The session has ended.')))
  await openApp('/items')
  await screen.findByRole('heading', { name: 'Sign in' })

  expect(api.requests).toEqual(['POST /login/refresh'])
})

it('shows the sign-in to nobody who is signed in', async () => {
  await openSignedIn('/sign-in?redirect=%2Fsettings')

  expect(await screen.findByRole('heading', { name: 'Settings' })).toBeInTheDocument()
})

it.each(['/nowhere', '/items/nowhere'])('says that there is no page at %s', async (address) => {
  const { user } = await openApp(address)
  expect(await screen.findByRole('heading', { name: 'There is no page here' })).toBeInTheDocument()
  expect(document.title).toBe('There is no page here · Kingpost')

  await user.click(screen.getByRole('link', { name: 'Go to the start page' }))
  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeInTheDocument()
})

it('says that the server cannot be reached, and tries again', async () => {
  silenceConsole()
  api.session = true
  answer(http.post(at('/login/refresh'), () => HttpResponse.error(), { once: true }))
  const { user } = await openApp('/items')
  expect(
    await screen.findByRole('heading', { name: 'This page could not be shown' }),
  ).toBeInTheDocument()
  expect(screen.getByText(/cannot be reached/u)).toBeInTheDocument()

  await user.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('heading', { name: 'Items' })).toBeInTheDocument()
})

it('says after too many loadings how long to wait, and goes on with the session after it', async () => {
  silenceConsole()
  api.session = true
  answer(http.post(at('/login/refresh'), tooManyTries, { once: true }))
  const { user } = await openApp('/items')
  expect(await screen.findByText(/try again in 15 minutes/u)).toBeInTheDocument()

  await user.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('heading', { name: 'Items' })).toBeInTheDocument()
})

it('keeps the administration from users, and does not sign them out for it', async () => {
  silenceConsole()
  await openSignedIn('/admin/users')

  expect(await screen.findByText('This page is for administrators.')).toBeInTheDocument()
  const navigation = screen.getByRole('navigation', { name: 'Main' })
  expect(within(navigation).getByRole('link', { name: 'Items' })).toBeInTheDocument()
  expect(within(navigation).queryByRole('link', { name: 'Users' })).not.toBeInTheDocument()
  expect(api.requests).not.toContain(expect.stringContaining('/admin/users'))
})

it('moves the focus to the title of the page that was chosen', async () => {
  api.user = buildUser({ role: 'admin' })
  const { user } = await openSignedIn('/items')
  await user.click(screen.getByRole('link', { name: 'Users' }))

  const title = await screen.findByRole('heading', { name: 'Users' })
  await waitFor(() => {
    expect(title).toHaveFocus()
  })
})

it('has the navigation in a drawer that closes with the choice', async () => {
  const { user } = await openSignedIn('/items')
  await user.click(screen.getByRole('button', { name: 'Open the navigation' }))
  const drawer = screen.getByRole('dialog', { name: 'Navigation' })
  await user.click(within(drawer).getByRole('link', { name: 'Settings' }))

  expect(await screen.findByRole('heading', { name: 'Settings' })).toBeInTheDocument()
  expect(drawer).not.toBeInTheDocument()
})

it('signs out, and forgets where it was', async () => {
  const { user, address } = await openSignedIn('/settings')
  await user.click(screen.getByRole('button', { name: /^Account of/u }))
  await user.click(screen.getByRole('menuitem', { name: 'Sign out' }))

  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeInTheDocument()
  expect(address()).toBe('/sign-in')
  expect(api.session).toBe(false)
})

it('says that the sign-out failed, and stays signed in', async () => {
  answer(http.post(at('/login/logout'), () => HttpResponse.error()))
  const { user } = await openSignedIn('/items')
  await user.click(screen.getByRole('button', { name: /^Account of/u }))
  await user.click(screen.getByRole('menuitem', { name: 'Sign out' }))

  expect(await screen.findByText(/You are still signed in/u)).toBeInTheDocument()
  expect(screen.getByRole('heading', { name: 'Items' })).toBeInTheDocument()
})

it('is signed out with the other tab', async () => {
  await openSignedIn('/items')
  await inOtherTab('signed-out')

  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeInTheDocument()
})

it('shows what belongs to the account that signed in in another tab', async () => {
  api.items = [buildItem({ title: 'Ada’s item' })]
  await openSignedIn('/items')
  await screen.findByText('Ada’s item')

  api.user = buildUser({ full_name: 'Grace Hopper', email: 'grace@example.com' })
  api.items = [buildItem({ title: 'Grace’s item' })]
  await inOtherTab('signed-in')

  expect(await screen.findByText('Grace’s item')).toBeInTheDocument()
  expect(screen.queryByText('Ada’s item')).not.toBeInTheDocument()
  expect(
    await screen.findByRole('button', { name: /^Account of Grace Hopper/u }),
  ).toBeInTheDocument()
})

it('says that the session has ended, and comes back to the page after the sign-in', async () => {
  const { user, address } = await openSignedIn('/items?search=oak')
  answer(http.get(at('/items'), () => refusal(401, 'The session has ended.')))
  api.session = false
  await user.type(await screen.findByRole('searchbox'), ' beam{Enter}')

  expect(await screen.findByText(/Your session has ended/u)).toBeInTheDocument()
  expect(decodeURIComponent(address())).toContain('/sign-in?redirect=/items?search=oak')
})
