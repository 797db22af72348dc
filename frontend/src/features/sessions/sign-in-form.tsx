import { Link } from '@tanstack/react-router'
import { type SubmitEvent, useState } from 'react'

import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { PasswordField, TextField } from '@/components/ui/field'
import { paths } from '@/config/paths'
import { ApiError, messageOf } from '@/lib/api-error'
import { auth } from '@/lib/auth'

interface Problems {
  email?: string
  password?: string
  form?: string
}

function textOf(data: FormData, name: string): string {
  const value = data.get(name)
  return typeof value === 'string' ? value : ''
}

const MISSING = 'Fill this in.'

async function signIn(email: string, password: string): Promise<Problems> {
  if (!email || !password) {
    return { email: email ? undefined : MISSING, password: password ? undefined : MISSING }
  }
  try {
    await auth.signIn(email, password)
    return {}
  } catch (error) {
    const issues = error instanceof ApiError ? error.issues : []
    const about = (name: string) => issues.find(({ field }) => field === name)?.message
    const problems = { email: about('username'), password: about('password') }
    return problems.email || problems.password ? problems : { form: messageOf(error) }
  }
}

/**
 * Two fields whose only rule is that they are filled in, so React's own state does: the form and
 * validation libraries of the other pages would add a fifth to what this page loads.
 */
export function SignInForm() {
  const [problems, setProblems] = useState<Problems>({})
  const [pending, setPending] = useState(false)

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form)
    setPending(true)
    const found = await signIn(textOf(data, 'email').trim(), textOf(data, 'password'))
    setPending(false)
    setProblems(found)
    const first = found.email ? 'email' : 'password'
    form.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus()
  }

  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="space-y-5">
      {problems.form && <Alert>{problems.form}</Alert>}
      <TextField
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        autoCapitalize="none"
        error={problems.email}
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="current-password"
        error={problems.password}
      />
      <Button type="submit" pending={pending} className="w-full">
        Sign in
      </Button>
      <p className="text-center text-sm">
        <Link to={paths.forgotPassword} className="text-link">
          Forgot your password?
        </Link>
      </p>
    </form>
  )
}
