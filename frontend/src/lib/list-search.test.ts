import { expect, it } from 'vitest'

import { lastPage, listSearchReader } from './list-search'

const read = listSearchReader(['title', '-title'], 'title')

it('starts at the first page', () => {
  expect(read({})).toEqual({ page: 1, size: 20, sort: 'title', search: '' })
})

it('reads what the address says', () => {
  expect(read({ page: '3', size: '50', sort: '-title', search: ' oak ' })).toEqual({
    page: 3,
    size: 50,
    sort: '-title',
    search: 'oak',
  })
})

it.each([
  { page: '0' },
  { page: '-1' },
  { page: '1.5' },
  { page: 'x' },
  { page: '9999999' },
  { size: '7' },
  { sort: 'owner' },
  { search: 5 },
])('takes %o for not given', (given) => {
  expect(read(given)).toEqual(read({}))
})

it('cuts a search that the API would refuse for its length', () => {
  expect(read({ search: 'x'.repeat(500) }).search).toHaveLength(100)
})

it.each([
  [0, 1],
  [1, 1],
  [20, 1],
  [21, 2],
])('puts %i rows of 20 on %i pages', (total, pages) => {
  expect(lastPage(total, 20)).toBe(pages)
})
