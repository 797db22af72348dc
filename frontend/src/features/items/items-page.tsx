import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Package, Plus } from 'lucide-react'
import { useState } from 'react'

import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { type ListChange, ListView } from '@/components/ui/list-view'
import { PageHeader } from '@/components/ui/page-header'

import { itemsQuery, readItemsSearch } from './api'
import { ItemDialog, type ItemTask } from './item-dialogs'
import { ItemsTable } from './items-table'

const route = getRouteApi('/_shell/items')

export function ItemsPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery(itemsQuery(search))
  const [task, setTask] = useState<ItemTask>()

  function change(next: ListChange, replace = false) {
    void navigate({ search: readItemsSearch({ ...search, ...next }), replace })
  }

  function create() {
    setTask({ kind: 'create' })
  }

  return (
    <>
      <PageHeader title="Items" description="Everything you have written down.">
        <Button onClick={create}>
          <Plus aria-hidden="true" className="size-4" />
          New item
        </Button>
      </PageHeader>
      <ListView
        label="items"
        query={query}
        search={search}
        onChange={change}
        empty={
          <div className="rounded-xl border border-dashed">
            <EmptyState
              icon={Package}
              title="No items yet"
              description="The first one takes a title, and nothing else."
            >
              <Button variant="secondary" size="small" onClick={create}>
                Create the first item
              </Button>
            </EmptyState>
          </div>
        }
      >
        {(items, stale) => (
          <ItemsTable
            items={items}
            stale={stale}
            sort={search.sort}
            onSort={(sort) => {
              change({ sort, page: 1 })
            }}
            onEdit={(item) => {
              setTask({ kind: 'edit', item })
            }}
            onDelete={(item) => {
              setTask({ kind: 'delete', item })
            }}
          />
        )}
      </ListView>
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
