import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Users } from 'lucide-react'
import { useState } from 'react'

import { EmptyState } from '@/components/ui/empty-state'
import { type ListChange, ListView } from '@/components/ui/list-view'
import { PageHeader } from '@/components/ui/page-header'
import { useCurrentUser } from '@/lib/current-user'

import { usersQuery, readUsersSearch } from './api'
import { type UserChange, UserChangeDialog } from './user-change'
import { UsersTable } from './users-table'

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

  return (
    <>
      <PageHeader title="Users" description="Who has an account, and what each may do." />
      <ListView
        label="users"
        query={query}
        search={search}
        onChange={change}
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
            onSort={(sort) => {
              change({ sort, page: 1 })
            }}
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
