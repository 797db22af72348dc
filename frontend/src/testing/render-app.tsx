import { createMemoryHistory } from '@tanstack/react-router'
import { render, screen } from '@testing-library/react'
import { type UserEvent, userEvent } from '@testing-library/user-event'
import { expect } from 'vitest'

import { App } from '@/app/providers'
import { createAppRouter } from '@/app/router'
import { configureApiClient } from '@/lib/api-client'
import { auth, type AuthStatus } from '@/lib/auth'

import { api } from './handlers'

configureApiClient()

interface RenderedApp {
  user: UserEvent
  /** The page's address, with its search. */
  address: () => string
}

/** Does what a sign-in or sign-out in another tab does to this one. */
export async function inOtherTab(happened: 'signed-in' | 'signed-out'): Promise<void> {
  const tab = new BroadcastChannel('auth')
  // The status itself may have moved on by the time somebody looks.
  const heard = new Promise<AuthStatus>((resolve) => {
    const stop = auth.subscribe((status) => {
      stop()
      resolve(status)
    })
  })
  tab.postMessage(happened)
  expect(await heard).toBe(happened === 'signed-in' ? 'unknown' : 'signed-out')
  tab.close()
}

/** Opens the application at an address, as a fresh tab does: it knows of no session yet. */
export async function openApp(address: string): Promise<RenderedApp> {
  await inOtherTab('signed-in')
  api.requests.length = 0
  const history = createMemoryHistory({ initialEntries: [address] })
  render(<App createRouter={(queryClient) => createAppRouter(queryClient, history)} />)
  return { user: userEvent.setup(), address: () => history.location.href }
}

/** The same for someone who is signed in, once the page is there. */
export async function openSignedIn(address: string): Promise<RenderedApp> {
  api.session = true
  const app = await openApp(address)
  await screen.findByRole('navigation', { name: 'Main' })
  return app
}
