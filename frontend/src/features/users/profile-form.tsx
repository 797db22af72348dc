import { useForm } from 'react-hook-form'

import type { UserUpdateMe } from '@/client'
import { zUserUpdateMe } from '@/client/zod.gen'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { toast } from '@/components/ui/toast'
import { useCurrentUser } from '@/lib/current-user'
import { showServerError } from '@/lib/form-errors'
import { rulesOf } from '@/lib/validation'

import { useUpdateProfile } from './api'

export function ProfileForm() {
  const { full_name, email } = useCurrentUser()
  const updateProfile = useUpdateProfile()
  const { register, handleSubmit, setError, formState } = useForm<UserUpdateMe>({
    resolver: rulesOf(zUserUpdateMe),
    // Follows the account: a saved name comes back as the server wrote it.
    values: { full_name, email },
  })
  const { errors, isSubmitting, isDirty } = formState

  const submit = handleSubmit(async (values) => {
    try {
      await updateProfile.mutateAsync(values)
      toast.success('Profile saved.')
    } catch (error) {
      showServerError(error, setError, { full_name: 'full_name', email: 'email' })
    }
  })

  return (
    <form noValidate onSubmit={submit} className="space-y-5">
      {errors.root?.server && <Alert>{errors.root.server.message}</Alert>}
      <TextField
        label="Full name"
        autoComplete="name"
        error={errors.full_name?.message}
        {...register('full_name')}
      />
      <TextField
        label="E-mail"
        type="email"
        autoComplete="email"
        autoCapitalize="none"
        error={errors.email?.message}
        {...register('email')}
      />
      <div className="flex justify-end">
        <Button type="submit" size="small" pending={isSubmitting} disabled={!isDirty}>
          Save profile
        </Button>
      </div>
    </form>
  )
}
