import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'

import { Button, buttonClass } from '@/components/ui/button'
import { paths } from '@/config/paths'
import { ApiError, messageOf } from '@/lib/api-error'

import { Message, MessageFrame } from './message-page'

/** Stands in for a page that could not be shown, beside the navigation. */
export function ErrorPage({ error }: ErrorComponentProps) {
  const router = useRouter()
  const forbidden = error instanceof ApiError && error.status === 403
  return (
    <Message
      kicker={forbidden ? '403' : 'Error'}
      title={forbidden ? 'Not yours to see' : 'This page could not be shown'}
      description={messageOf(error)}
    >
      {!forbidden && (
        <Button onClick={() => void router.invalidate({ sync: true })}>Try again</Button>
      )}
      <Link
        to={paths.home}
        className={buttonClass({ variant: forbidden ? 'primary' : 'secondary' })}
      >
        Go to the start page
      </Link>
    </Message>
  )
}

/** The same when the navigation itself could not be shown. */
export function WholePageError(props: ErrorComponentProps) {
  return (
    <MessageFrame>
      <ErrorPage {...props} />
    </MessageFrame>
  )
}
