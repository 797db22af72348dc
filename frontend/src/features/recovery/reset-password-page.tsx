import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import { CircleCheck, Link2Off } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useForm } from 'react-hook-form'
import * as z from 'zod/mini'

import { zPasswordReset } from '@/client/zod.gen'
import { Alert } from '@/components/ui/alert'
import { Button, buttonClass } from '@/components/ui/button'
import { NewPasswordField } from '@/components/ui/field'
import { PageTitle } from '@/components/ui/page-title'
import { paths } from '@/config/paths'
import { ApiError } from '@/lib/api-error'
import { showServerError } from '@/lib/form-errors'
import { rulesOf } from '@/lib/validation'

import { useResetPassword } from './api'
import { Notice } from './notice'

const schema = z.pick(zPasswordReset, { new_password: true })

type Values = z.infer<typeof schema>

/**
 * The token behind the "#" of the link. It is taken out of the address at once: the history, a
 * bookmark or a shared screen would keep it.
 */
function useToken(): string {
  const hash = useLocation({ select: (location) => location.hash })
  const navigate = useNavigate()
  const given = new URLSearchParams(hash).get('token') ?? ''
  const [token, setToken] = useState(given)
  // Another link may be opened in the same tab.
  if (given && given !== token) setToken(given)

  useEffect(() => {
    if (hash) void navigate({ to: paths.resetPassword, replace: true })
  }, [hash, navigate])

  return token
}

interface FormProps {
  token: string
  onDone: () => void
  onRefused: () => void
}

function ResetPasswordForm({ token, onDone, onRefused }: FormProps) {
  const resetPassword = useResetPassword()
  const { register, handleSubmit, setError, formState } = useForm<Values>({
    resolver: rulesOf(schema),
    defaultValues: { new_password: '' },
  })
  const { errors, isSubmitting } = formState

  const submit = handleSubmit(async ({ new_password }) => {
    try {
      await resetPassword.mutateAsync({ token, new_password })
      onDone()
    } catch (error) {
      if (error instanceof ApiError && error.code === 'invalid_reset_token') onRefused()
      else showServerError(error, setError, { new_password: 'new_password' })
    }
  })

  return (
    <form noValidate onSubmit={submit} className="space-y-5">
      {errors.root?.server && <Alert>{errors.root.server.message}</Alert>}
      <NewPasswordField
        label="New password"
        error={errors.new_password?.message}
        {...register('new_password')}
      />
      <Button type="submit" pending={isSubmitting} className="w-full">
        Change password
      </Button>
    </form>
  )
}

function Done() {
  return (
    <Notice
      icon={CircleCheck}
      title="Password changed"
      description={<p>All devices have been signed out. Sign in with your new password.</p>}
    >
      <Link to={paths.signIn} className={buttonClass({ className: 'w-full' })}>
        Sign in
      </Link>
    </Notice>
  )
}

function Refused() {
  return (
    <Notice
      icon={Link2Off}
      title="This link does not work"
      description={
        <p>
          A link works once, for one hour, and only the newest one does. Ask for another one to
          choose a new password.
        </p>
      }
    >
      <Link to={paths.forgotPassword} className={buttonClass({ className: 'w-full' })}>
        Ask for another link
      </Link>
    </Notice>
  )
}

export function ResetPasswordPage() {
  const token = useToken()
  const [outcome, setOutcome] = useState<{ token: string; done: boolean }>()
  // What became of one link says nothing about the next.
  const known = outcome?.token === token ? outcome : undefined

  if (known?.done) return <Done />
  if (known || !token) return <Refused />
  return (
    <>
      <PageTitle>Choose a new password</PageTitle>
      <h1 className="text-2xl font-semibold">Choose a new password</h1>
      <p className="mt-1.5 mb-7 text-muted-foreground">
        All devices that are signed in to your account will be signed out.
      </p>
      <ResetPasswordForm
        key={token}
        token={token}
        onDone={() => {
          setOutcome({ token, done: true })
        }}
        onRefused={() => {
          setOutcome({ token, done: false })
        }}
      />
    </>
  )
}
