import { Pencil, Trash2 } from 'lucide-react'

import type { ItemPublic } from '@/client'
import { RowMenu } from '@/components/ui/row-menu'
import { Cell, HeadCell, Row, SortableHeadCell, Table } from '@/components/ui/table'
import { formatDate, formatMoment, formatWhen } from '@/lib/format'

interface ItemActions {
  onEdit: (item: ItemPublic) => void
  onDelete: (item: ItemPublic) => void
}

interface ItemsTableProps extends ItemActions {
  items: readonly ItemPublic[]
  stale: boolean
  sort: string
  onSort: (sort: string) => void
}

const dateColumn = 'w-36 whitespace-nowrap text-muted-foreground'

export function ItemsTable({ items, stale, sort, onSort, ...actions }: ItemsTableProps) {
  const sorting = { sort, onSort }
  return (
    <Table
      label="Items"
      stale={stale}
      head={
        <>
          <SortableHeadCell field="title" {...sorting}>
            Title
          </SortableHeadCell>
          <SortableHeadCell field="updated_at" {...sorting} className="w-36 max-sm:hidden">
            Updated
          </SortableHeadCell>
          <SortableHeadCell field="created_at" {...sorting} className="w-36 max-lg:hidden">
            Created
          </SortableHeadCell>
          <HeadCell className="w-14">
            <span className="sr-only">Actions</span>
          </HeadCell>
        </>
      }
    >
      {items.map((item) => (
        <ItemRow key={item.id} item={item} {...actions} />
      ))}
    </Table>
  )
}

function ItemRow({ item, onEdit, onDelete }: ItemActions & { item: ItemPublic }) {
  function edit() {
    onEdit(item)
  }

  return (
    <Row>
      <Cell>
        <button
          type="button"
          onClick={edit}
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
      <Cell className={`${dateColumn} max-sm:hidden`}>
        <Time moment={item.updated_at}>{formatWhen(item.updated_at)}</Time>
      </Cell>
      <Cell className={`${dateColumn} max-lg:hidden`}>
        <Time moment={item.created_at}>{formatDate(item.created_at)}</Time>
      </Cell>
      <Cell className="text-right">
        <RowMenu
          subject={item.title}
          items={[
            { label: 'Edit', icon: Pencil, onSelect: edit },
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
  )
}

function Time({ moment, children }: { moment: string; children: string }) {
  return (
    <time
      dateTime={moment}
      title={formatMoment(moment)}
      className="inline-block first-letter:uppercase"
    >
      {children}
    </time>
  )
}
