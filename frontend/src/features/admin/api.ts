import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { adminListUsers, adminUpdateUser, type UserAccess } from '@/client'
import { listSearchReader } from '@/lib/list-search'

export const readUsersSearch = listSearchReader(
  ['email', '-email', 'created_at', '-created_at', 'full_name', '-full_name'],
  '-created_at',
)

export type UsersSearch = ReturnType<typeof readUsersSearch>

const usersKey = ['admin', 'users']

export function usersQuery(search: UsersSearch) {
  return queryOptions({
    queryKey: [...usersKey, search],
    queryFn: ({ signal }) => adminListUsers({ query: search, signal }),
    placeholderData: keepPreviousData,
  })
}

export function useUpdateUser() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id, change }: { id: string; change: UserAccess }) =>
      adminUpdateUser({ path: { user_id: id }, body: change }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: usersKey }),
  })
}
