import { useForm } from 'react-hook-form'
import * as z from 'zod/mini'

import { zPasswordChange } from '@/client/zod.gen'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { NewPasswordField, PasswordField } from '@/components/ui/field'
import { toast } from '@/components/ui/toast'
import { showServerError } from '@/lib/form-errors'
import { rulesOf } from '@/lib/validation'

import { useChangePassword } from './api'

const schema = z.extend(zPasswordChange, {
  current_password: z.string().check(z.minLength(1)),
})

type Values = z.infer<typeof schema>

const empty: Values = { current_password: '', new_password: '' }

export function PasswordForm() {
  const changePassword = useChangePassword()
  const { register, handleSubmit, setError, reset, formState } = useForm<Values>({
    resolver: rulesOf(schema),
    defaultValues: empty,
  })
  const { errors, isSubmitting } = formState

  const submit = handleSubmit(async (values) => {
    try {
      await changePassword.mutateAsync(values)
      reset(empty)
      toast.success('Password changed. Other devices have been signed out.')
    } catch (error) {
      showServerError(error, setError, {
        current_password: 'current_password',
        new_password: 'new_password',
      })
    }
  })

  return (
    <form noValidate onSubmit={submit} className="space-y-5">
      {errors.root?.server && <Alert>{errors.root.server.message}</Alert>}
      <PasswordField
        label="Current password"
        autoComplete="current-password"
        error={errors.current_password?.message}
        {...register('current_password')}
      />
      <NewPasswordField
        label="New password"
        error={errors.new_password?.message}
        {...register('new_password')}
      />
      <div className="flex justify-end">
        <Button type="submit" size="small" pending={isSubmitting}>
          Change password
        </Button>
      </div>
    </form>
  )
}
