import { expect, it } from 'vitest'

import { formatDate, formatWhen } from './format'

const now = Date.parse('2026-03-10T12:00:00Z')

it.each([
  ['2026-03-10T11:59:30Z', 'now'],
  ['2026-03-10T11:55:00Z', '5 minutes ago'],
  ['2026-03-10T10:00:00Z', '2 hours ago'],
  ['2026-03-09T10:00:00Z', 'yesterday'],
  ['2026-03-05T10:00:00Z', '5 days ago'],
])('says of %s: %s', (moment, words) => {
  expect(formatWhen(moment, now)).toBe(words)
})

it('gives the date of what is longer ago than a week', () => {
  const moment = '2026-02-01T12:00:00Z'

  expect(formatWhen(moment, now)).toBe(formatDate(moment))
  expect(formatDate(moment)).toContain('2026')
})

it('takes a clock that is a little behind for now', () => {
  expect(formatWhen('2026-03-10T12:00:20Z', now)).toBe('now')
})
