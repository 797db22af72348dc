import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'

import type {
  ItemCreate,
  ItemPublic,
  PasswordReset,
  UserAccess,
  UserPublic,
  UserSignup,
  UserUpdateMe,
} from '@/client'

import { buildItem, buildUser } from './factories'

export const PASSWORD = 'correct-horse-battery'
/** What the one good link of a mail holds. */
export const RESET_TOKEN = 'good-token'

/** The API as the tests see it: what it holds, and what it was asked. */
class Api {
  user: UserPublic = buildUser()
  users: UserPublic[] = []
  items: ItemPublic[] = []
  /** Requests in the order in which they came, as "GET /items". */
  requests: string[] = []
  /** How many access tokens were given out: "token-1", "token-2" and so on. */
  tokens = 0

  /** Whether the browser has the cookies of a session: the one that scripts can read stands for it. */
  get session(): boolean {
    return document.cookie.includes('kingpost_signed_in=')
  }

  set session(alive: boolean) {
    document.cookie = `kingpost_signed_in=1; path=/${alive ? '' : '; max-age=0'}`
  }

  reset() {
    Object.assign(this, new Api())
    this.session = false
  }

  issueToken(expiresIn = 600) {
    this.tokens += 1
    const access_token = `token-${String(this.tokens)}`
    return HttpResponse.json({
      access_token,
      token_type: 'bearer',
      expires_in: expiresIn,
      scope: '',
    })
  }
}

export const api = new Api()

/** A refusal, in the shape of the API's own. */
export function refusal(status: number, detail: string, code = 'refused', field?: string) {
  return HttpResponse.json({ detail, code, field: field ?? null }, { status })
}

/** A refusal because of too many tries. */
export function tooManyTries() {
  const detail = 'Too many tries; try again in 15 minutes.'
  const body = { detail, code: 'too_many_tries', field: null }
  return HttpResponse.json(body, { status: 429, headers: { 'Retry-After': '900' } })
}

/** The address of an operation, under any origin. */
export function at(path: string): string {
  return `*/api/v1${path}`
}

function pageOf(rows: object[], request: Request) {
  const query = new URL(request.url).searchParams
  const page = Number(query.get('page'))
  const size = Number(query.get('size'))
  const items = rows.slice((page - 1) * size, page * size)
  return HttpResponse.json({ items, total: rows.length, page, size })
}

function matching<Row>(rows: Row[], request: Request, textOf: (row: Row) => string): Row[] {
  const search = new URL(request.url).searchParams.get('search') ?? ''
  return rows.filter((row) => textOf(row).toLowerCase().includes(search.toLowerCase()))
}

async function bodyOf<Body>(request: Request): Promise<Body> {
  return (await request.json()) as Body
}

const session = [
  http.post(at('/login/refresh'), () =>
    api.session ? api.issueToken() : refusal(401, 'Your session has ended; sign in again.'),
  ),
  http.post(at('/login/access-token'), async ({ request }) => {
    const form = new URLSearchParams(await request.text())
    if (form.get('username') !== api.user.email || form.get('password') !== PASSWORD) {
      return refusal(400, 'The e-mail address or the password is wrong.', 'wrong_credentials')
    }
    api.session = true
    return api.issueToken()
  }),
  http.post(at('/login/logout'), () => {
    api.session = false
    return new HttpResponse(null, { status: 204 })
  }),
  http.post(at('/login/password-recovery'), () =>
    HttpResponse.json({ detail: 'A mail is on its way.' }, { status: 202 }),
  ),
  http.post(at('/login/reset-password'), async ({ request }) => {
    const { token } = await bodyOf<PasswordReset>(request)
    if (token !== RESET_TOKEN) return refusal(400, 'Too old.', 'invalid_reset_token')
    api.session = false
    return new HttpResponse(null, { status: 204 })
  }),
]

const users = [
  http.post(at('/users/signup'), async ({ request }) => {
    const { email, full_name } = await bodyOf<UserSignup>(request)
    if (email === api.user.email) {
      return refusal(409, 'This address has an account already.', 'email_taken', 'email')
    }
    api.user = buildUser({ email, full_name })
    return HttpResponse.json(api.user, { status: 201 })
  }),
  http.get(at('/users/me'), () => HttpResponse.json(api.user)),
  http.patch(at('/users/me'), async ({ request }) => {
    Object.assign(api.user, await bodyOf<UserUpdateMe>(request))
    return HttpResponse.json(api.user)
  }),
  http.put(at('/users/me/password'), () => new HttpResponse(null, { status: 204 })),
  http.get(at('/admin/users'), ({ request }) =>
    pageOf(
      matching(api.users, request, (user) => user.full_name + user.email),
      request,
    ),
  ),
  http.patch<{ id: string }>(at('/admin/users/:id'), async ({ params, request }) => {
    const user = api.users.find(({ id }) => id === params.id)
    if (!user) return refusal(404, 'There is no such user.')
    Object.assign(user, await bodyOf<UserAccess>(request))
    return HttpResponse.json(user)
  }),
]

const items = [
  http.get(at('/items'), ({ request }) =>
    pageOf(
      matching(api.items, request, (item) => item.title),
      request,
    ),
  ),
  http.post(at('/items'), async ({ request }) => {
    const item = buildItem(await bodyOf<ItemCreate>(request))
    api.items.unshift(item)
    return HttpResponse.json(item, { status: 201 })
  }),
  http.patch<{ id: string }>(at('/items/:id'), async ({ params, request }) => {
    const item = api.items.find(({ id }) => id === params.id)
    if (!item) return refusal(404, 'This item does not exist.')
    return HttpResponse.json(Object.assign(item, await bodyOf<ItemCreate>(request)))
  }),
  http.delete<{ id: string }>(at('/items/:id'), ({ params }) => {
    api.items = api.items.filter(({ id }) => id !== params.id)
    return new HttpResponse(null, { status: 204 })
  }),
]

const record = http.all(at('/*'), ({ request }) => {
  const { pathname, search } = new URL(request.url)
  api.requests.push(`${request.method} ${pathname.replace('/api/v1', '')}${search}`)
})

export const server = setupServer(record, ...session, ...users, ...items)

/** Answers an operation otherwise than usual, and still keeps the record of requests. */
export function answer(...handlers: Parameters<typeof server.use>): void {
  server.use(record, ...handlers)
}
