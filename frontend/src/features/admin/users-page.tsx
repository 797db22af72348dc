import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Users } from 'lucide-react'
import { useState } from 'react'

import { EmptyState } from '@/components/ui/empty-state'
import { type ListChange, ListView } from '@/components/ui/list-view'
import { PageHeader } from '@/components/ui/page-header'
import { SortSelect } from '@/components/ui/sort-select'
import { useCurrentUser } from '@/lib/current-user'

import { usersQuery, readUsersSearch } from './api'
import { type UserChange, UserChangeDialog } from './user-change'
import { UsersTable } from './users-table'

const sortOptions = [
  { value: '-created_at', label: 'Newest first' },
  { value: 'created_at', label: 'Oldest first' },
  { value: 'full_name', label: 'Name, A to Z' },
  { value: '-full_name', label: 'Name, Z to A' },
  { value: 'email', label: 'E-mail, A to Z' },
  { value: '-email', label: 'E-mail, Z to A' },
] as const

const route = getRouteApi('/_shell/admin/users')

export function UsersPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery(usersQuery(search))
  const { id: ownId } = useCurrentUser()
  const [userChange, setUserChange] = useState<UserChange>()

  function change(next: ListChange, replace = false) {
    void navigate({ search: readUsersSearch({ ...search, ...next }), replace })
  }

  function sort(by: string) {
    change({ sort: by, page: 1 })
  }

  return (
    <>
      <PageHeader title="Users" description="Who has an account, and what each may do." />
      <ListView
        label="users"
        query={query}
        search={search}
        onChange={change}
        controls={<SortSelect sort={search.sort} options={sortOptions} onSort={sort} />}
        empty={
          <EmptyState icon={Users} title="No users" description="Nobody has an account yet." />
        }
      >
        {(users, stale) => (
          <UsersTable
            users={users}
            ownId={ownId}
            stale={stale}
            sort={search.sort}
            onSort={sort}
            onChange={setUserChange}
          />
        )}
      </ListView>
      {userChange && (
        <UserChangeDialog
          change={userChange}
          onClose={() => {
            setUserChange(undefined)
          }}
        />
      )}
    </>
  )
}
