import { expect, it, vi } from 'vitest'

import { ApiError } from './api-error'
import { showServerError } from './form-errors'

const fields = { title: 'title', description: 'description' } as const

it('shows each problem at its field, and moves to the first', () => {
  const setError = vi.fn()
  const error = new ApiError(422, 'Some of the values are not valid.', undefined, [
    { field: 'description', message: 'Too long.' },
    { field: 'title', message: 'Missing.' },
  ])

  showServerError(error, setError, fields)

  expect(setError.mock.calls).toEqual([
    ['description', { type: 'server', message: 'Too long.' }, { shouldFocus: true }],
    ['title', { type: 'server', message: 'Missing.' }, { shouldFocus: false }],
  ])
})

it('shows above the form what belongs to none of its fields', () => {
  const setError = vi.fn()
  const error = new ApiError(422, 'Some of the values are not valid.', undefined, [
    { field: 'title', message: 'Missing.' },
    { field: 'owner', message: 'Unknown owner.' },
  ])

  showServerError(error, setError, fields)

  expect(setError).toHaveBeenCalledTimes(2)
  expect(setError).toHaveBeenLastCalledWith('root.server', {
    type: 'server',
    message: 'Unknown owner.',
  })
})

it.each([
  [
    new ApiError(403, 'Your account is not allowed to do this.'),
    'Your account is not allowed to do this.',
  ],
  [new Error('boom'), 'Something went wrong. Try again.'],
])('shows above the form what names no field: %s', (error, message) => {
  const setError = vi.fn()

  showServerError(error, setError, fields)

  expect(setError.mock.calls).toEqual([['root.server', { type: 'server', message }]])
})
