import { Link } from '@tanstack/react-router'
import { MailCheck } from 'lucide-react'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import type * as z from 'zod/mini'

import { zPasswordRecovery } from '@/client/zod.gen'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { PageTitle } from '@/components/ui/page-title'
import { paths } from '@/config/paths'
import { ApiError } from '@/lib/api-error'
import { showServerError } from '@/lib/form-errors'
import { rulesOf } from '@/lib/validation'

import { useRecoverPassword } from './api'
import { Notice } from './notice'

type Values = z.infer<typeof zPasswordRecovery>

const NO_MAIL =
  'This site sends no mail, so a password cannot be reset here. Ask its administrator.'

/** A failure that stays one, unlike a server's other failures. */
function inOwnWords(error: unknown): unknown {
  const unavailable = error instanceof ApiError && error.code === 'mail_unavailable'
  return unavailable ? new ApiError(error.status, NO_MAIL, error.code) : error
}

function ForgotPasswordForm({ onSent }: { onSent: (email: string) => void }) {
  const recoverPassword = useRecoverPassword()
  const { register, handleSubmit, setError, formState } = useForm<Values>({
    resolver: rulesOf(zPasswordRecovery),
    defaultValues: { email: '' },
  })
  const { errors, isSubmitting } = formState

  const submit = handleSubmit(async (values) => {
    try {
      await recoverPassword.mutateAsync(values)
      onSent(values.email)
    } catch (error) {
      showServerError(inOwnWords(error), setError, { email: 'email' })
    }
  })

  return (
    <form noValidate onSubmit={submit} className="space-y-5">
      {errors.root?.server && <Alert>{errors.root.server.message}</Alert>}
      <TextField
        label="E-mail"
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        error={errors.email?.message}
        {...register('email', { setValueAs: (typed: string) => typed.trim() })}
      />
      <Button type="submit" pending={isSubmitting} className="w-full">
        Send the link
      </Button>
    </form>
  )
}

function Sent({ email, onAgain }: { email: string; onAgain: () => void }) {
  return (
    <Notice
      icon={MailCheck}
      title="Check your mail"
      description={
        <>
          <p>
            If <strong className="font-medium wrap-anywhere text-foreground">{email}</strong> has an
            account, a mail with a link is on its way. The link works once, for one hour.
          </p>
          <p>No mail within a few minutes? Look in the spam folder, or try another address.</p>
        </>
      }
    >
      <Button variant="secondary" className="w-full" onClick={onAgain}>
        Send another one
      </Button>
      <BackToSignIn />
    </Notice>
  )
}

function BackToSignIn() {
  return (
    <p className="text-center text-sm">
      <Link to={paths.signIn} className="text-link">
        Back to the sign-in
      </Link>
    </p>
  )
}

export function ForgotPasswordPage() {
  const [sentTo, setSentTo] = useState<string>()

  if (sentTo !== undefined) {
    return (
      <Sent
        email={sentTo}
        onAgain={() => {
          setSentTo(undefined)
        }}
      />
    )
  }
  return (
    <>
      <PageTitle>Forgot your password?</PageTitle>
      <h1 className="text-2xl font-semibold">Forgot your password?</h1>
      <p className="mt-1.5 mb-7 text-muted-foreground">
        Enter the address of your account, and a link to choose a new one comes by mail.
      </p>
      <ForgotPasswordForm onSent={setSentTo} />
      <div className="mt-5">
        <BackToSignIn />
      </div>
    </>
  )
}
