export const pageSizes = [10, 20, 50, 100] as const
export const SEARCH_MAX_LENGTH = 100
// The API's own bound; a number beyond it would be refused.
const PAGE_MAX = 1_000_000

/** The state of a list as it stands in its page's address. */
export interface ListSearch<Sort extends string = string> {
  page: number
  size: number
  sort: Sort
  search: string
}

/** The same as an address may hold it: anything. */
export type GivenListSearch = Partial<Record<keyof ListSearch, unknown>>

export const listDefaults = { page: 1, size: 20, search: '' }

/**
 * Makes the reader of a list's state. A value that makes no sense (typed by hand, from an old link)
 * counts as not given. Written by hand because every visit loads it, and the sign-in page needs no
 * validation library otherwise.
 */
export function listSearchReader<Sort extends string>(sorts: readonly Sort[], defaultSort: Sort) {
  return (given: GivenListSearch): ListSearch<Sort> => {
    const page = Number(given.page)
    return {
      page: Number.isInteger(page) && page >= 1 && page <= PAGE_MAX ? page : listDefaults.page,
      size: pageSizes.find((size) => size === Number(given.size)) ?? listDefaults.size,
      sort: sorts.find((sort) => sort === given.sort) ?? defaultSort,
      search:
        typeof given.search === 'string'
          ? given.search.trim().slice(0, SEARCH_MAX_LENGTH)
          : listDefaults.search,
    }
  }
}

/** The last page that has rows. */
export function lastPage(total: number, size: number): number {
  return Math.max(1, Math.ceil(total / size))
}
