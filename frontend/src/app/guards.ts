import type { QueryClient } from '@tanstack/react-query'
import { redirect } from '@tanstack/react-router'

import type { UserPublic } from '@/client'
import { paths } from '@/config/paths'
import { ApiError } from '@/lib/api-error'
import { auth } from '@/lib/auth'
import { currentUserQuery } from '@/lib/current-user'

/** Lets those in who are not signed in; the others go on to where they wanted to be. */
export async function requireAnonymous(destination: string = paths.items): Promise<void> {
  if ((await auth.start()) === 'signed-in')
    redirect({ href: destination, replace: true, throw: true })
}

/** Gives the signed-in user; everyone else signs in first, and then comes back to `location`. */
export async function requireUser(queryClient: QueryClient, location: string): Promise<UserPublic> {
  if ((await auth.start()) === 'signed-in') {
    try {
      return await queryClient.query({ ...currentUserQuery, staleTime: 'static' })
    } catch (error) {
      if (auth.status === 'signed-in') throw error
    }
  }
  // After a sign-out by choice the next person to sign in starts afresh.
  const search = auth.status === 'signed-out' ? {} : { redirect: location }
  throw redirect({ to: paths.signIn, search, replace: true })
}

/** Lets administrators in. @throws {ApiError} for everyone else, as the API itself would. */
export function requireAdmin(user: UserPublic): void {
  if (user.role !== 'admin') {
    throw new ApiError(403, 'This page is for administrators.', 'insufficient_scope')
  }
}
