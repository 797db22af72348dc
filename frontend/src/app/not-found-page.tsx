import { Link } from '@tanstack/react-router'

import { buttonClass } from '@/components/ui/button'
import { paths } from '@/config/paths'

import { Message, MessageFrame } from './message-page'

export function NotFoundPage() {
  return (
    <MessageFrame>
      <Message
        kicker="404"
        title="There is no page here"
        description="The address may be mistyped, or the page has moved."
      >
        <Link to={paths.home} className={buttonClass()}>
          Go to the start page
        </Link>
      </Message>
    </MessageFrame>
  )
}
