import { type UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'

import { messageOf } from '@/lib/api-error'
import { lastPage, type ListSearch, pageSizes, SEARCH_MAX_LENGTH } from '@/lib/list-search'

import { ListFailure, ListLoading, NoMatches } from './list-states'
import { Pagination } from './pagination'
import { SearchBox } from './search-box'

interface PageOf<Row> {
  items: Row[]
  total: number
}

export type ListChange = Partial<ListSearch>

interface ListViewProps<Row> {
  /** The rows' name in the plural, in lower case. */
  label: string
  query: UseQueryResult<PageOf<Row>>
  search: ListSearch
  /** Puts a new state of the list into the address; `replace` leaves no step in the history. */
  onChange: (change: ListChange, replace?: boolean) => void
  /** What to show when there are no rows at all. */
  empty: ReactNode
  /** Further controls beside the search field. */
  controls?: ReactNode
  children: (rows: Row[], stale: boolean) => ReactNode
}

/** A list that the server pages, sorts and searches, with its loading, empty and error states. */
export function ListView<Row>(props: ListViewProps<Row>) {
  const { label, query, search, onChange } = props
  const { data, isPlaceholderData } = query
  const last = data ? lastPage(data.total, search.size) : search.page

  // The last row of the last page was deleted, or the address is an old one.
  useEffect(() => {
    if (!isPlaceholderData && search.page > last) onChange({ page: last }, true)
  })

  const searching = search.search !== ''
  if (data?.total === 0 && !isPlaceholderData && !searching) return props.empty
  return (
    <div className="space-y-4">
      <div className="flex items-center justify-between gap-2.5">
        <SearchBox
          label={`Search ${label}`}
          value={search.search}
          maxLength={SEARCH_MAX_LENGTH}
          onSearch={(text) => {
            onChange({ search: text, page: 1 }, searching)
          }}
        />
        {props.controls}
      </div>
      <ListBody {...props} />
    </div>
  )
}

function ListBody<Row>({ label, query, search, onChange, children }: ListViewProps<Row>) {
  const { data, error, isPlaceholderData } = query
  if (error) {
    const retry = () => void query.refetch()
    return <ListFailure label={label} message={messageOf(error)} onRetry={retry} />
  }
  if (!data) return <ListLoading label={label} />
  if (data.total === 0 && !isPlaceholderData) {
    const clear = () => {
      onChange({ search: '', page: 1 })
    }
    return <NoMatches label={label} search={search.search} onClear={clear} />
  }
  return (
    <>
      {children(data.items, isPlaceholderData)}
      <Pagination
        page={search.page}
        size={search.size}
        sizes={pageSizes}
        total={data.total}
        onChange={onChange}
      />
    </>
  )
}
