import { expect, it } from 'vitest'
import * as z from 'zod/mini'

import { zItemCreate, zUserSignup } from '@/client/zod.gen'

import './validation'

function problemsOf(schema: z.ZodMiniType, value: unknown): Record<string, string> {
  const { error } = schema.safeParse(value)
  return Object.fromEntries(
    error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? [],
  )
}

it('says what is wrong with each value, in words', () => {
  expect(problemsOf(zUserSignup, { email: 'ada', password: 'short', full_name: '' })).toEqual({
    email: 'Enter an e-mail address, such as name@example.com.',
    password: 'Use at least 12 characters.',
    full_name: 'Fill this in.',
  })
})

it('says how long a text may be', () => {
  expect(problemsOf(zItemCreate, { title: 'x'.repeat(256) })).toEqual({
    title: 'Use at most 255 characters.',
  })
})

it('asks for what is missing', () => {
  expect(problemsOf(zItemCreate, {})).toEqual({ title: 'Fill this in.' })
})

it.each([
  [z.string().check(z.regex(/^\d+$/u)), 'x', 'This is not in the right form.'],
  [z.enum(['a', 'b']), 'c', 'This is not valid.'],
])('has words for every other rule', (schema, value, message) => {
  expect(problemsOf(z.object({ field: schema }), { field: value })).toEqual({ field: message })
})

it('writes no code at run time, which the content security policy forbids', () => {
  expect(z.config().jitless).toBe(true)
})
