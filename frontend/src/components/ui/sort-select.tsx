import { Select } from './select'

interface SortSelectProps {
  sort: string
  options: readonly { value: string; label: string }[]
  onSort: (sort: string) => void
}

/** The order of a list, for a screen too narrow for the columns whose heads sort. */
export function SortSelect({ sort, options, onSort }: SortSelectProps) {
  return (
    <Select
      aria-label="Sort by"
      value={sort}
      options={options}
      onChange={onSort}
      className="w-40 shrink-0 sm:w-48 lg:hidden"
    />
  )
}
