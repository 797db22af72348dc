import { Link } from '@tanstack/react-router'

import { PageTitle } from '@/components/ui/page-title'
import { paths } from '@/config/paths'

import { SignUpForm } from './sign-up-form'

export function SignUpPage() {
  return (
    <>
      <PageTitle>Create an account</PageTitle>
      <h1 className="text-2xl font-semibold">Create an account</h1>
      <p className="mt-1.5 mb-7 text-muted-foreground">
        Have one already?{' '}
        <Link to={paths.signIn} className="text-link">
          Sign in
        </Link>
      </p>
      <SignUpForm />
    </>
  )
}
