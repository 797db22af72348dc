import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'

import { cn } from '@/lib/cn'

interface TableProps {
  /** What the table holds, for those who cannot see it. */
  label: string
  /** Older rows are shown while newer ones are on their way. */
  stale: boolean
  head: ReactNode
  children: ReactNode
}

export function Table({ label, stale, head, children }: TableProps) {
  return (
    <div className="rounded-xl border bg-card shadow-soft">
      <table
        aria-label={label}
        aria-busy={stale}
        className={cn(
          'w-full table-fixed text-left text-sm transition-opacity',
          stale && 'opacity-55',
        )}
      >
        <thead className="border-b text-[0.8125rem] text-muted-foreground">
          <tr>{head}</tr>
        </thead>
        <tbody className="divide-y">{children}</tbody>
      </table>
    </div>
  )
}

const cellPadding = 'px-3 first:pl-4 last:pr-2.5 sm:first:pl-5 sm:last:pr-3.5'

export function Row({ children }: { children: ReactNode }) {
  return <tr className="transition-colors hover:bg-muted/45">{children}</tr>
}

export function Cell({ className, ...props }: ComponentProps<'td'>) {
  return <td className={cn('py-3 align-middle', cellPadding, className)} {...props} />
}

export function HeadCell({ className, ...props }: ComponentProps<'th'>) {
  return <th scope="col" className={cn('h-11 font-medium', cellPadding, className)} {...props} />
}

interface SortableHeadCellProps {
  /** The field's name; `-field` is the same, from last to first. */
  field: string
  sort: string
  onSort: (sort: string) => void
  className?: string
  children: ReactNode
}

/** A column's head that sorts by it: once from first to last, again from last to first. */
export function SortableHeadCell(props: SortableHeadCellProps) {
  const ascending = props.sort === props.field
  const descending = props.sort === `-${props.field}`
  const Icon = ascending ? ArrowUp : descending ? ArrowDown : ChevronsUpDown
  return (
    <HeadCell
      aria-sort={ascending ? 'ascending' : descending ? 'descending' : 'none'}
      {...(props.className ? { className: props.className } : {})}
    >
      <button
        type="button"
        onClick={() => {
          props.onSort(ascending ? `-${props.field}` : props.field)
        }}
        className="-mx-1.5 inline-flex items-center gap-1 rounded-md px-1.5 py-1 transition-colors hover:text-foreground"
      >
        {props.children}
        <Icon
          aria-hidden="true"
          className={cn('size-3.5', !ascending && !descending && 'opacity-45')}
        />
      </button>
    </HeadCell>
  )
}
