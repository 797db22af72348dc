import { Link } from '@tanstack/react-router'

import { buttonClass } from '@/components/ui/button'
import { paths } from '@/config/paths'

import { MessagePage } from './message-page'

export function NotFoundPage() {
  return (
    <MessagePage
      kicker="404"
      title="There is no page here"
      description="The address may be mistyped, or the page has moved."
    >
      <Link to={paths.home} className={buttonClass()}>
        Go to the start page
      </Link>
    </MessagePage>
  )
}
