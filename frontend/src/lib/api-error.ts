/** One problem with one value of a request, as the API's 422 answer lists it. */
export interface FieldIssue {
  field: string
  message: string
}

/** A request that was refused, or that got no answer (`status` 0). */
export class ApiError extends Error {
  override name = 'ApiError'

  constructor(
    readonly status: number,
    message: string,
    readonly code?: string,
    readonly issues: readonly FieldIssue[] = [],
  ) {
    super(message)
  }
}

const UNREACHABLE = 'The server cannot be reached. Check your connection and try again.'

const MESSAGES: Record<number, string> = {
  401: 'Your session has ended. Sign in again.',
  403: 'Your account is not allowed to do this.',
  404: 'This is not there any more.',
  422: 'Some of the values are not valid.',
  429: 'Too many tries. Wait a moment and try again.',
}

/**
 * Turns an error answer into an ApiError. The API has two shapes: `{detail, code, field}` for a
 * refusal, and `{detail: [{type, loc, msg}]}` for values that are not valid. Anything else (a proxy's
 * page, an empty body) gets a message by its status. A cancelled request's error stays what it is.
 */
export function toApiError(body: unknown, response: Response | undefined): Error {
  if (body instanceof ApiError || isCancelled(body)) return body
  if (!response) return new ApiError(0, UNREACHABLE)
  const fallback =
    tryAgainIn(response) ??
    MESSAGES[response.status] ??
    'Something went wrong on the server. Try again in a moment.'
  if (!isRecord(body)) return new ApiError(response.status, fallback)

  const code = typeof body.code === 'string' ? body.code : undefined
  if (Array.isArray(body.detail)) {
    return new ApiError(response.status, fallback, code, body.detail.flatMap(toIssue))
  }
  const message = typeof body.detail === 'string' ? body.detail : fallback
  const issues = typeof body.field === 'string' ? [{ field: body.field, message }] : []
  // A server's own failure may carry a bare reason phrase; ours says what to do.
  return new ApiError(response.status, response.status >= 500 ? fallback : message, code, issues)
}

/** The sentence to show for anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof ApiError ? error.message : 'Something went wrong. Try again.'
}

/** What a proxy refuses has no words of ours, but says how long to wait. */
function tryAgainIn({ status, headers }: Response): string | undefined {
  const seconds = Number(headers.get('Retry-After'))
  if (status !== 429 || !(seconds > 0)) return undefined
  const wait =
    seconds < 100
      ? `${String(Math.ceil(seconds))} seconds`
      : `${String(Math.ceil(seconds / 60))} minutes`
  return `Too many tries. Try again in ${wait}.`
}

function toIssue(issue: unknown): FieldIssue[] {
  if (!isRecord(issue) || !Array.isArray(issue.loc) || typeof issue.msg !== 'string') return []
  const path = issue.loc.slice(1).filter((part) => typeof part === 'string')
  return [{ field: path.join('.'), message: asSentence(issue.msg) }]
}

/** Nobody waits for the answer any more, so there is nobody to tell. */
function isCancelled(error: unknown): error is Error {
  return isRecord(error) && error.name === 'AbortError'
}

function asSentence(text: string): string {
  const sentence = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/u.test(sentence) ? sentence : `${sentence}.`
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
