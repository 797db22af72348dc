import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'

import { itemsCreate, itemsList, type ItemCreate } from '@/client'
import { answer, api, at, PASSWORD, refusal } from '@/testing/handlers'

import { configureApiClient } from './api-client'
import { auth } from './auth'

configureApiClient()

const seen: string[] = []

/** An API that takes one token only, whatever it gave out before. */
function acceptOnly(token: string) {
  answer(
    http.all(at('/items'), async ({ request }) => {
      const shown = request.headers.get('Authorization') ?? ''
      seen.push(shown)
      if (shown !== `Bearer ${token}`) return refusal(401, 'The access token is not valid.')
      const body = request.method === 'POST' ? await request.json() : { items: [], total: 0 }
      return HttpResponse.json(body as ItemCreate)
    }),
  )
}

function countRefreshes(): number {
  return api.requests.filter((request) => request === 'POST /login/refresh').length
}

beforeEach(async () => {
  seen.length = 0
  await auth.signIn(api.user.email, PASSWORD)
  api.requests.length = 0
})

it('sends the access token', async () => {
  acceptOnly('token-1')

  await itemsList()

  expect(seen).toEqual(['Bearer token-1'])
})

it('renews a refused token and sends the request once more, body and all', async () => {
  acceptOnly('token-2')

  const item = await itemsCreate({ body: { title: 'Oil the hinges' } })

  expect(item.title).toBe('Oil the hinges')
  expect(seen).toEqual(['Bearer token-1', 'Bearer token-2'])
  expect(countRefreshes()).toBe(1)
})

it('renews once for several refused requests', async () => {
  acceptOnly('token-2')

  await Promise.all([itemsList(), itemsList(), itemsList()])

  expect(countRefreshes()).toBe(1)
  expect(seen).toHaveLength(6)
})

it('gives up when the new token is refused as well', async () => {
  acceptOnly('none')

  await expect(itemsList()).rejects.toMatchObject({ status: 401 })
  expect(seen).toHaveLength(2)
  expect(countRefreshes()).toBe(1)
})

it('is signed out when the session is over', async () => {
  acceptOnly('none')
  api.session = false

  await expect(itemsList()).rejects.toMatchObject({ status: 401 })
  expect(seen).toHaveLength(1)
  expect(auth.status).toBe('expired')
})

it('stays signed in when it is not allowed to do something', async () => {
  answer(
    http.get(at('/items'), () => refusal(403, 'This needs the scope admin.', 'insufficient_scope')),
  )

  await expect(itemsList()).rejects.toMatchObject({
    status: 403,
    code: 'insufficient_scope',
    message: 'This needs the scope admin.',
  })
  expect(auth.status).toBe('signed-in')
  expect(countRefreshes()).toBe(0)
})

it('does not renew anything for a wrong password', async () => {
  await expect(auth.signIn(api.user.email, 'wrong')).rejects.toMatchObject({ status: 400 })
  expect(countRefreshes()).toBe(0)
})

it('says that the server cannot be reached', async () => {
  answer(http.get(at('/items'), () => HttpResponse.error()))

  await expect(itemsList()).rejects.toMatchObject({
    status: 0,
    message: expect.stringContaining('cannot be reached') as string,
  })
})

it('lets go of a request that nobody waits for any more', async () => {
  const controller = new AbortController()
  const request = itemsList({ signal: controller.signal })
  controller.abort()

  await expect(request).rejects.toHaveProperty('name', 'AbortError')
})
