import { ChevronLeft, ChevronRight, type LucideIcon } from 'lucide-react'

import { formatNumber } from '@/lib/format'

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
  const first = formatNumber((page - 1) * size + 1)
  const last = formatNumber(Math.min(page * size, total))
  const pages = Math.max(1, Math.ceil(total / size))

  function go(to: number) {
    onChange({ page: to, size })
  }

  return (
    <nav
      aria-label="Pages"
      className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3 text-sm text-muted-foreground"
    >
      <p aria-live="polite" className="tabular-nums">
        <span className="text-foreground">
          {first}–{last}
        </span>{' '}
        of {formatNumber(total)}
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
        <Step label="Previous page" icon={ChevronLeft} to={page - 1} pages={pages} onGo={go} />
        <span className="tabular-nums max-sm:sr-only">
          Page {formatNumber(page)} of {formatNumber(pages)}
        </span>
        <Step label="Next page" icon={ChevronRight} to={page + 1} pages={pages} onGo={go} />
      </div>
    </nav>
  )
}

interface StepProps {
  label: string
  icon: LucideIcon
  to: number
  pages: number
  onGo: (page: number) => void
}

function Step({ label, icon: Icon, to, pages, onGo }: StepProps) {
  return (
    <Button
      variant="secondary"
      size="icon"
      aria-label={label}
      disabled={to < 1 || to > pages}
      onClick={() => {
        onGo(to)
      }}
    >
      <Icon aria-hidden="true" className="size-4" />
    </Button>
  )
}
