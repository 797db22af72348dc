import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'

import { usersReadMe, type UserPublic } from '@/client'

/** The signed-in user; the pages behind the sign-in are shown only once it is there. */
export const currentUserQuery = queryOptions({
  queryKey: ['current-user'],
  queryFn: ({ signal }) => usersReadMe({ signal }),
  staleTime: Infinity,
})

export function useCurrentUser(): UserPublic {
  return useSuspenseQuery(currentUserQuery).data
}
