import { Link } from '@tanstack/react-router'

import { Alert } from '@/components/ui/alert'
import { PageTitle } from '@/components/ui/page-title'
import { brand } from '@/config/brand'
import { paths } from '@/config/paths'
import { auth } from '@/lib/auth'

import { SignInForm } from './sign-in-form'

export function SignInPage() {
  return (
    <>
      <PageTitle>Sign in</PageTitle>
      <h1 className="text-2xl font-semibold">Sign in</h1>
      <p className="mt-1.5 mb-7 text-muted-foreground">
        New to {brand.name}?{' '}
        <Link to={paths.signUp} className="text-link">
          Create an account
        </Link>
      </p>
      {auth.status === 'expired' && (
        <div className="mb-5">
          <Alert tone="info">Your session has ended. Sign in to go on where you were.</Alert>
        </div>
      )}
      <SignInForm />
    </>
  )
}
