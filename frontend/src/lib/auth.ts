import { loginAccessToken, loginLogout, loginRefresh, type Token } from '@/client'

import { ApiError } from './api-error'

/**
 * Whether someone is signed in, and if not, why: `anonymous` never was in this visit, `expired` was
 * until the server ended the session, `signed-out` left by choice.
 */
export type AuthStatus = 'unknown' | 'anonymous' | 'signed-in' | 'signed-out' | 'expired'

type TabMessage = 'signed-in' | 'signed-out'

// The server sets and clears it with the refresh token, which no script can read.
const HINT = 'kingpost_signed_in='
const LOCK_NAME = 'auth-refresh'
const CHANNEL_NAME = 'auth'
// A renewal this long before the end spares most requests a refusal.
const RENEW_AHEAD_MS = 30_000
// The lock is given back in any case: a tab that hangs must not hold up the others.
const REFRESH_TIMEOUT_MS = 15_000

/**
 * The signed-in session of this tab. The access token lives here, in memory, and nowhere else; the
 * refresh token is a cookie that no script can read and that all tabs share. The server replaces it
 * at each use, so tabs take turns (Web Locks).
 */
export class Auth {
  #status: AuthStatus = 'unknown'
  #access: { token: string; renewAt: number } | undefined
  #renewal: Promise<string | undefined> | undefined
  // Counts sign-ins and sign-outs: an answer to a request from before the last one is void.
  #epoch = 0
  readonly #listeners = new Set<(status: AuthStatus) => void>()
  readonly #channel = new BroadcastChannel(CHANNEL_NAME)

  constructor() {
    this.#channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
      // Another account may have signed in there: this tab asks anew who it is.
      this.#change(data === 'signed-in' ? 'unknown' : 'signed-out')
    }
  }

  get status(): AuthStatus {
    return this.#status
  }

  /** Calls back whenever someone else is signed in than before, or no one any more. */
  subscribe(listener: (status: AuthStatus) => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /**
   * Finds out, once, whether the browser has a session.
   *
   * @throws {ApiError} when the server cannot tell; the next call tries again.
   */
  async start(): Promise<AuthStatus> {
    if (this.#status === 'unknown') await this.#find()
    return this.#status
  }

  /** The token for a request, renewed first when its end is near. */
  async accessToken(): Promise<string | undefined> {
    if (this.#access && Date.now() < this.#access.renewAt) return this.#access.token
    if (this.#status === 'unknown') return this.#find()
    if (!this.#access) return undefined
    const current = this.#access.token
    try {
      return await this.#renew()
    } catch {
      // The old one may still be good for some seconds; if not, the request itself will tell.
      return current
    }
  }

  /** A token to use in place of one that was refused; none when the session is over. */
  async replace(refused: string): Promise<string | undefined> {
    if (this.#access && this.#access.token !== refused) return this.#access.token
    return this.#status === 'signed-in' ? this.#renew() : undefined
  }

  /** @throws {ApiError} when the e-mail or the password is wrong, or the server does not answer. */
  async signIn(email: string, password: string): Promise<void> {
    const token = await inTurn(() => loginAccessToken({ body: { username: email, password } }))
    this.#change('signed-in', token)
    this.#tell('signed-in')
  }

  /** @throws {ApiError} when the server did not end the session: the person is still signed in. */
  async signOut(): Promise<void> {
    // The token as it is: renewing it would wait for the turn that this request has.
    const token = this.#access?.token
    await inTurn(() => loginLogout({ fetch: plainFetch, auth: token }))
    this.#change('signed-out')
    this.#tell('signed-out')
  }

  /** Sessions may have ended by another way than a sign-out: every tab asks anew who it is. */
  recheck(): void {
    this.#change('unknown')
    this.#tell('signed-in')
  }

  /** Stops listening to the other tabs. */
  close(): void {
    this.#channel.close()
  }

  async #find(): Promise<string | undefined> {
    if (hasSessionCookie()) return this.#renew()
    this.#refuse()
    return undefined
  }

  async #renew(): Promise<string | undefined> {
    this.#renewal ??= this.#renewInTurn(this.#epoch).finally(() => {
      this.#renewal = undefined
    })
    return this.#renewal
  }

  async #renewInTurn(epoch: number): Promise<string | undefined> {
    try {
      const token = await inTurn(() =>
        loginRefresh({ fetch: plainFetch, signal: AbortSignal.timeout(REFRESH_TIMEOUT_MS) }),
      )
      if (epoch === this.#epoch) this.#accept(token)
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error
      if (epoch === this.#epoch) this.#refuse()
    }
    return this.#access?.token
  }

  #accept(token: Token) {
    this.#access = {
      token: token.access_token,
      renewAt: Date.now() + token.expires_in * 1000 - RENEW_AHEAD_MS,
    }
    this.#status = 'signed-in'
  }

  #refuse() {
    if (this.#status === 'unknown') this.#status = 'anonymous'
    else this.#change('expired')
  }

  #change(status: AuthStatus, token?: Token) {
    this.#epoch += 1
    this.#renewal = undefined
    this.#access = undefined
    this.#status = status
    if (token) this.#accept(token)
    for (const listener of this.#listeners) listener(status)
  }

  #tell(message: TabMessage) {
    this.#channel.postMessage(message)
  }
}

/** Spares most visitors a request, and the console the refusal that it would end in. */
function hasSessionCookie(): boolean {
  return document.cookie.split('; ').some((cookie) => cookie.startsWith(HINT))
}

/**
 * Runs a task that replaces the cookie while no other tab does: the answer to the slower one would
 * overwrite what the faster one got. Browsers offer locks on secure origins only.
 */
async function inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
  if (!('locks' in navigator)) return task()
  // The type of `request` loses the promise inside; awaiting unwraps it.
  return await navigator.locks.request(LOCK_NAME, task)
}

/** The way round the renewal of refused tokens: these requests are what it is made of. */
function plainFetch(...request: Parameters<typeof fetch>): Promise<Response> {
  return fetch(...request)
}

export const auth = new Auth()
