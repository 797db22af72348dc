import { useForm } from 'react-hook-form'
import type * as z from 'zod/mini'

import { zUserSignup } from '@/client/zod.gen'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { NewPasswordField, TextField } from '@/components/ui/field'
import { showServerError } from '@/lib/form-errors'
import { rulesOf } from '@/lib/validation'

import { useSignUp } from './api'

type Values = z.input<typeof zUserSignup>

export function SignUpForm() {
  const signUp = useSignUp()
  const { register, handleSubmit, setError, formState } = useForm<Values>({
    resolver: rulesOf(zUserSignup),
    defaultValues: { full_name: '', email: '', password: '' },
  })
  const { errors, isSubmitting } = formState

  const submit = handleSubmit(async (values) => {
    try {
      await signUp.mutateAsync(values)
    } catch (error) {
      showServerError(error, setError, {
        full_name: 'full_name',
        email: 'email',
        password: 'password',
      })
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
        autoComplete="username"
        autoCapitalize="none"
        error={errors.email?.message}
        {...register('email')}
      />
      <NewPasswordField
        label="Password"
        error={errors.password?.message}
        {...register('password')}
      />
      <Button type="submit" pending={isSubmitting} className="w-full">
        Create account
      </Button>
    </form>
  )
}
