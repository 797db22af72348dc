import { client } from '@/client/client.gen'

import { toApiError } from './api-error'
import { auth } from './auth'

const BEARER = 'Bearer '

/**
 * Sends a request; when its token is refused, renews the token and sends it once more. A 403 is an
 * answer like any other: the person is known, and is not allowed to do this.
 */
export async function fetchWithRenewal(input: Request | URL | string): Promise<Response> {
  const request = new Request(input)
  const authorization = request.headers.get('Authorization')
  if (!authorization?.startsWith(BEARER)) return fetch(request)

  // A body can be read once only, so the second try needs a copy from before the first.
  const again = request.clone()
  const response = await fetch(request)
  if (response.status !== 401) return response
  const token = await auth.replace(authorization.slice(BEARER.length))
  if (token === undefined) return response
  again.headers.set('Authorization', BEARER + token)
  return fetch(again)
}

/** Gives the generated client its address, its token and its errors. Call once, before any request. */
export function configureApiClient(): void {
  client.setConfig({
    baseUrl: window.location.origin,
    auth: () => auth.accessToken(),
    fetch: fetchWithRenewal,
  })
  client.interceptors.error.use((error, response) => toApiError(error, response))
}
