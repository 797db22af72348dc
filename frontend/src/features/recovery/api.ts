import { useMutation } from '@tanstack/react-query'

import {
  loginRecoverPassword,
  loginResetPassword,
  type PasswordRecovery,
  type PasswordReset,
} from '@/client'
import { auth } from '@/lib/auth'

/** Asks for a mail with a link. */
export function useRecoverPassword() {
  return useMutation({ mutationFn: (body: PasswordRecovery) => loginRecoverPassword({ body }) })
}

/** Chooses a new password with the token of a link, which ends all sessions of the account. */
export function useResetPassword() {
  return useMutation({
    mutationFn: async (body: PasswordReset) => {
      await loginResetPassword({ body })
      // Not a sign-out: this browser may be signed in to another account.
      auth.recheck()
    },
  })
}
