import { ChevronLeft, ChevronRight } from 'lucide-react'

import { Button } from './button'
import { Select } from './select'

interface PaginationProps {
  page: number
  size: number
  sizes: readonly number[]
  total: number
  onChange: (change: { page: number; size: number }) => void
}

/** Which rows of how many are shown, and the way to the others. */
export function Pagination({ page, size, sizes, total, onChange }: PaginationProps) {
  const first = (page - 1) * size + 1
  const last = Math.min(page * size, total)
  const pages = Math.max(1, Math.ceil(total / size))
  const format = new Intl.NumberFormat()
  return (
    <nav
      aria-label="Pages"
      className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3 text-sm text-muted-foreground"
    >
      <p aria-live="polite" className="tabular-nums">
        <span className="text-foreground">
          {format.format(first)}–{format.format(last)}
        </span>{' '}
        of {format.format(total)}
      </p>
      <div className="flex items-center gap-2.5">
        <Select
          aria-label="Rows on a page"
          value={size}
          options={sizes.map((value) => ({ value, label: `${String(value)} rows` }))}
          onChange={(value) => {
            onChange({ page: 1, size: value })
          }}
          className="w-27"
        />
        <Button
          variant="secondary"
          size="icon"
          aria-label="Previous page"
          disabled={page <= 1}
          onClick={() => {
            onChange({ page: page - 1, size })
          }}
        >
          <ChevronLeft aria-hidden="true" className="size-4" />
        </Button>
        <span className="tabular-nums max-sm:sr-only">
          Page {format.format(page)} of {format.format(pages)}
        </span>
        <Button
          variant="secondary"
          size="icon"
          aria-label="Next page"
          disabled={page >= pages}
          onClick={() => {
            onChange({ page: page + 1, size })
          }}
        >
          <ChevronRight aria-hidden="true" className="size-4" />
        </Button>
      </div>
    </nav>
  )
}
