import { Ellipsis, Pencil, Trash2 } from 'lucide-react'

import type { ItemPublic } from '@/client'
import { buttonClass } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import { Cell, HeadCell, Row, SortableHeadCell, Table } from '@/components/ui/table'
import { formatDate, formatMoment, formatWhen } from '@/lib/format'

interface ItemsTableProps {
  items: readonly ItemPublic[]
  stale: boolean
  sort: string
  onSort: (sort: string) => void
  onEdit: (item: ItemPublic) => void
  onDelete: (item: ItemPublic) => void
}

export function ItemsTable({ items, stale, sort, onSort, onEdit, onDelete }: ItemsTableProps) {
  return (
    <Table
      label="Items"
      stale={stale}
      head={
        <>
          <SortableHeadCell field="title" sort={sort} onSort={onSort}>
            Title
          </SortableHeadCell>
          <SortableHeadCell
            field="updated_at"
            sort={sort}
            onSort={onSort}
            className="w-36 max-sm:hidden"
          >
            Updated
          </SortableHeadCell>
          <SortableHeadCell
            field="created_at"
            sort={sort}
            onSort={onSort}
            className="w-36 max-lg:hidden"
          >
            Created
          </SortableHeadCell>
          <HeadCell className="w-14">
            <span className="sr-only">Actions</span>
          </HeadCell>
        </>
      }
    >
      {items.map((item) => (
        <Row key={item.id}>
          <Cell className="w-full max-w-0">
            <button
              type="button"
              onClick={() => {
                onEdit(item)
              }}
              className="block max-w-full truncate rounded-sm font-medium underline-offset-4 hover:underline"
            >
              {item.title}
            </button>
            {item.description && (
              <p className="mt-0.5 truncate text-muted-foreground">{item.description}</p>
            )}
            <p className="mt-1 text-xs text-muted-foreground sm:hidden">
              Updated {formatWhen(item.updated_at)}
            </p>
          </Cell>
          <Cell className="whitespace-nowrap text-muted-foreground max-sm:hidden">
            <time dateTime={item.updated_at} title={formatMoment(item.updated_at)}>
              {formatWhen(item.updated_at)}
            </time>
          </Cell>
          <Cell className="whitespace-nowrap text-muted-foreground max-lg:hidden">
            <time dateTime={item.created_at} title={formatMoment(item.created_at)}>
              {formatDate(item.created_at)}
            </time>
          </Cell>
          <Cell className="text-right">
            <Menu
              label={`Actions for ${item.title}`}
              trigger={<Ellipsis aria-hidden="true" className="size-4" />}
              triggerClass={buttonClass({
                variant: 'ghost',
                size: 'icon',
                className: 'text-muted-foreground',
              })}
              items={[
                {
                  label: 'Edit',
                  icon: Pencil,
                  onSelect: () => {
                    onEdit(item)
                  },
                },
                {
                  label: 'Delete',
                  icon: Trash2,
                  destructive: true,
                  onSelect: () => {
                    onDelete(item)
                  },
                },
              ]}
            />
          </Cell>
        </Row>
      ))}
    </Table>
  )
}
