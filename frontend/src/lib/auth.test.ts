import { http, HttpResponse } from 'msw'
import { afterEach, expect, it, onTestFinished, vi } from 'vitest'

import { answer, api, at, PASSWORD, refusal } from '@/testing/handlers'

import { configureApiClient } from './api-client'
import { ApiError } from './api-error'
import { Auth } from './auth'

configureApiClient()

const tabs: Auth[] = []

function openTab(): Auth {
  const tab = new Auth()
  tabs.push(tab)
  return tab
}

async function openSignedInTab(): Promise<Auth> {
  api.session = true
  const tab = openTab()
  await tab.start()
  return tab
}

function countRefreshes(): number {
  return api.requests.filter((request) => request === 'POST /login/refresh').length
}

afterEach(() => {
  vi.useRealTimers()
  for (const tab of tabs.splice(0)) tab.close()
})

it('asks nobody where the browser has no session', async () => {
  document.cookie = 'another_cookie=1'
  onTestFinished(() => {
    document.cookie = 'another_cookie=; max-age=0'
  })
  const tab = openTab()

  expect(await tab.accessToken()).toBeUndefined()
  expect(await tab.start()).toBe('anonymous')
  expect(api.requests).toEqual([])
})

it('finds out with one request that its session has ended', async () => {
  api.session = true
  answer(http.post(at('/login/refresh'), () => refusal(401, 'The session has ended.')))
  const tab = openTab()

  expect(await tab.start()).toBe('anonymous')
  expect(await tab.start()).toBe('anonymous')
  expect(await tab.accessToken()).toBeUndefined()
  expect(api.requests).toEqual(['POST /login/refresh'])
})

it('is signed in after a reload when the browser has a session', async () => {
  const tab = await openSignedInTab()

  expect(tab.status).toBe('signed-in')
  expect(await tab.accessToken()).toMatch(/^token-/u)
})

it('keeps no token in storage', async () => {
  const tab = openTab()
  await tab.signIn(api.user.email, PASSWORD)

  expect(localStorage).toHaveLength(0)
  expect(sessionStorage).toHaveLength(0)
  expect(document.cookie).toBe('kingpost_signed_in=1')
})

it('refreshes once for all who ask at the same time', async () => {
  api.session = true
  const tab = openTab()

  const tokens = await Promise.all([tab.accessToken(), tab.accessToken(), tab.start()])

  expect(tokens[0]).toBe(tokens[1])
  expect(countRefreshes()).toBe(1)
})

it('takes turns with the other tabs', async () => {
  api.session = true
  let running = 0
  let most = 0
  answer(
    http.post(at('/login/refresh'), async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve, 5))
      running -= 1
      return api.issueToken()
    }),
  )

  const statuses = await Promise.all([openTab().start(), openTab().start(), openTab().start()])

  expect(statuses).toEqual(['signed-in', 'signed-in', 'signed-in'])
  expect(most).toBe(1)
  expect(countRefreshes()).toBe(3)
})

it('renews a token whose end is near before it is used', async () => {
  const tab = await openSignedInTab()
  const before = await tab.accessToken()
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 580_000 })

  expect(await tab.accessToken()).not.toBe(before)
  expect(countRefreshes()).toBe(2)
})

it('uses the old token to its end when renewing it fails', async () => {
  const tab = await openSignedInTab()
  const before = await tab.accessToken()
  answer(http.post(at('/login/refresh'), () => HttpResponse.error()))
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 580_000 })

  expect(await tab.accessToken()).toBe(before)
  expect(tab.status).toBe('signed-in')
})

it('says that the server cannot tell, and asks again the next time', async () => {
  api.session = true
  answer(http.post(at('/login/refresh'), () => HttpResponse.error(), { once: true }))
  const tab = openTab()

  await expect(tab.start()).rejects.toThrow(ApiError)
  expect(tab.status).toBe('unknown')
  expect(await tab.start()).toBe('signed-in')
})

it('reports that the session has ended', async () => {
  const tab = await openSignedInTab()
  const listener = vi.fn()
  tab.subscribe(listener)
  api.session = false

  expect(await tab.replace((await tab.accessToken()) ?? '')).toBeUndefined()
  expect(listener).toHaveBeenCalledExactlyOnceWith('expired')
})

it('stays signed in when the server fails to sign out', async () => {
  const tab = await openSignedInTab()
  answer(http.post(at('/login/logout'), () => refusal(503, 'Not now.')))

  await expect(tab.signOut()).rejects.toThrow(ApiError)
  expect(tab.status).toBe('signed-in')
})

it('shows its token when it signs out, so that the session ends even without the cookie', async () => {
  const tab = await openSignedInTab()
  const token = await tab.accessToken()
  let authorization: string | null = null
  answer(
    http.post(at('/login/logout'), ({ request }) => {
      authorization = request.headers.get('Authorization')
      return new HttpResponse(null, { status: 204 })
    }),
  )

  await tab.signOut()

  expect(authorization).toBe(`Bearer ${String(token)}`)
})

it('signs the other tabs out with it', async () => {
  const [tab, other] = [await openSignedInTab(), await openSignedInTab()]

  await tab.signOut()

  await vi.waitFor(() => {
    expect(other.status).toBe('signed-out')
  })
  expect(await other.accessToken()).toBeUndefined()
})

it('makes the other tabs ask who signed in', async () => {
  const other = openTab()
  await other.start()

  await openTab().signIn(api.user.email, PASSWORD)

  await vi.waitFor(() => {
    expect(other.status).toBe('unknown')
  })
  expect(await other.start()).toBe('signed-in')
})

it('asks anew in every tab when sessions may have ended', async () => {
  const [tab, other] = [await openSignedInTab(), await openSignedInTab()]
  api.session = false

  tab.recheck()

  await vi.waitFor(() => {
    expect(other.status).toBe('unknown')
  })
  expect([await tab.start(), await other.start()]).toEqual(['anonymous', 'anonymous'])
})

it('ignores the answer to a refresh from before the sign-out', async () => {
  const tab = await openSignedInTab()
  const refused = (await tab.accessToken()) ?? ''
  let finish: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    finish = resolve
  })
  answer(
    http.post(at('/login/refresh'), async () => {
      await held
      return api.issueToken()
    }),
  )

  const late = tab.replace(refused)
  const other = new BroadcastChannel('auth')
  other.postMessage('signed-out')
  await vi.waitFor(() => {
    expect(tab.status).toBe('signed-out')
  })
  finish()

  expect(await late).toBeUndefined()
  expect(tab.status).toBe('signed-out')
  other.close()
})
