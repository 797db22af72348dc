import { useMutation, useQueryClient } from '@tanstack/react-query'

import {
  usersChangePassword,
  usersSignup,
  usersUpdateMe,
  type PasswordChange,
  type UserSignup,
  type UserUpdateMe,
} from '@/client'
import { auth } from '@/lib/auth'
import { currentUserQuery } from '@/lib/current-user'

/** Creates the account and signs in to it. */
export function useSignUp() {
  return useMutation({
    mutationFn: async (body: UserSignup) => {
      await usersSignup({ body })
      await auth.signIn(body.email, body.password)
    },
  })
}

export function useUpdateProfile() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: UserUpdateMe) => usersUpdateMe({ body }),
    onSuccess: (user) => {
      queryClient.setQueryData(currentUserQuery.queryKey, user)
    },
  })
}

export function useChangePassword() {
  return useMutation({ mutationFn: (body: PasswordChange) => usersChangePassword({ body }) })
}
