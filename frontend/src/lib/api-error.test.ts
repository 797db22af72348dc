import { expect, it } from 'vitest'

import { ApiError, messageOf, toApiError } from './api-error'

function response(status: number): Response {
  return new Response(null, { status })
}

it('keeps what a refusal says, and at which field', () => {
  const body = {
    detail: 'This address has an account already.',
    code: 'email_taken',
    field: 'email',
  }

  expect(toApiError(body, response(409))).toMatchObject({
    status: 409,
    code: 'email_taken',
    message: 'This address has an account already.',
    issues: [{ field: 'email', message: 'This address has an account already.' }],
  })
})

it('names no field where the refusal names none', () => {
  const error = toApiError({ detail: 'No.', code: 'wrong_credentials', field: null }, response(400))

  expect(error).toMatchObject({ message: 'No.', issues: [] })
})

it('lists every value that is not valid, as a sentence each', () => {
  const detail = [
    { type: 'missing', loc: ['body', 'title'], msg: 'field required' },
    { type: 'too_long', loc: ['body', 'tags', 2, 'name'], msg: 'Too long.' },
  ]

  expect(toApiError({ detail }, response(422))).toMatchObject({
    status: 422,
    issues: [
      { field: 'title', message: 'Field required.' },
      { field: 'tags.name', message: 'Too long.' },
    ],
  })
})

it('passes over entries that it does not know', () => {
  const error = toApiError(
    { detail: ['?', { loc: 'title', msg: 'x' }, { loc: [] }] },
    response(422),
  )

  expect(error).toMatchObject({ issues: [] })
})

it.each([502, 500])('says in its own words that the server failed (%i)', (status) => {
  const error = toApiError({ detail: 'Internal Server Error' }, response(status))

  expect(messageOf(error)).toContain('Something went wrong on the server')
})

it.each([
  [{ 'Retry-After': '30' }, 'Try again in 30 seconds.'],
  [{ 'Retry-After': '121' }, 'Try again in 3 minutes.'],
  [{ 'Retry-After': 'Wed, 21 Oct 2026 07:28:00 GMT' }, 'Wait a moment and try again.'],
  [{}, 'Wait a moment and try again.'],
])('says how long to wait where a proxy refuses: %j', (headers, message) => {
  const error = toApiError('<h1>Slow down</h1>', new Response(null, { status: 429, headers }))

  expect(messageOf(error)).toBe(`Too many tries. ${message}`)
})

it('lets the API itself say how long to wait', () => {
  const body = { detail: 'Too many tries; try again in 15 minutes.', code: 'too_many_tries' }
  const headers = { 'Retry-After': '900' }
  const error = toApiError(body, new Response(null, { status: 429, headers }))

  expect(error).toMatchObject({ status: 429, message: body.detail, code: 'too_many_tries' })
})

it('has a message for an answer that is not JSON', () => {
  expect(messageOf(toApiError('<html>', response(403)))).toBe(
    'Your account is not allowed to do this.',
  )
})

it('leaves an error as it is that it made itself', () => {
  const error = new ApiError(0, 'No connection.')

  expect(toApiError(error, undefined)).toBe(error)
})

it('says something about an error that is not of the API', () => {
  expect(messageOf(new TypeError('x is undefined'))).toBe('Something went wrong. Try again.')
})
