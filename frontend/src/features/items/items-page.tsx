import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Package, Plus } from 'lucide-react'
import { useState } from 'react'

import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { type ListChange, ListView } from '@/components/ui/list-view'
import { PageHeader } from '@/components/ui/page-header'
import { SortSelect } from '@/components/ui/sort-select'

import { itemsQuery, readItemsSearch } from './api'
import { ItemDialog, type ItemTask } from './item-dialogs'
import { ItemsTable } from './items-table'

const sortOptions = [
  { value: '-created_at', label: 'Newest first' },
  { value: 'created_at', label: 'Oldest first' },
  { value: '-updated_at', label: 'Changed last' },
  { value: 'updated_at', label: 'Changed first' },
  { value: 'title', label: 'Title, A to Z' },
  { value: '-title', label: 'Title, Z to A' },
] as const

const route = getRouteApi('/_shell/items')

export function ItemsPage() {
  const [task, setTask] = useState<ItemTask>()

  function create() {
    setTask({ kind: 'create' })
  }

  return (
    <>
      <PageHeader title="Items" description="Everything you wrote down.">
        <Button onClick={create}>
          <Plus aria-hidden="true" className="size-4" />
          New item
        </Button>
      </PageHeader>
      <ItemsList onCreate={create} onTask={setTask} />
      {task && (
        <ItemDialog
          task={task}
          onClose={() => {
            setTask(undefined)
          }}
        />
      )}
    </>
  )
}

interface ItemsListProps {
  onCreate: () => void
  onTask: (task: ItemTask) => void
}

function ItemsList({ onCreate, onTask }: ItemsListProps) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery(itemsQuery(search))

  function change(next: ListChange, replace = false) {
    void navigate({ search: readItemsSearch({ ...search, ...next }), replace })
  }

  function sort(by: string) {
    change({ sort: by, page: 1 })
  }

  return (
    <ListView
      label="items"
      query={query}
      search={search}
      onChange={change}
      controls={<SortSelect sort={search.sort} options={sortOptions} onSort={sort} />}
      empty={<NoItems onCreate={onCreate} />}
    >
      {(items, stale) => (
        <ItemsTable
          items={items}
          stale={stale}
          sort={search.sort}
          onSort={sort}
          onEdit={(item) => {
            onTask({ kind: 'edit', item })
          }}
          onDelete={(item) => {
            onTask({ kind: 'delete', item })
          }}
        />
      )}
    </ListView>
  )
}

function NoItems({ onCreate }: { onCreate: () => void }) {
  return (
    <div className="rounded-xl border border-dashed">
      <EmptyState
        icon={Package}
        title="No items yet"
        description="The first one takes a title, and nothing else."
      >
        <Button variant="secondary" size="small" onClick={onCreate}>
          Create the first item
        </Button>
      </EmptyState>
    </div>
  )
}
