import { Ellipsis } from 'lucide-react'

import { buttonClass } from './button'
import { Menu, type MenuItem } from './menu'

interface RowMenuProps {
  /** What the row is about. */
  subject: string
  items: readonly MenuItem[]
}

/** The actions of one row of a table, behind three dots. */
export function RowMenu({ subject, items }: RowMenuProps) {
  return (
    <Menu
      trigger={
        <>
          <Ellipsis aria-hidden="true" className="size-4" />
          <span className="sr-only">Actions for {subject}</span>
        </>
      }
      triggerClass={buttonClass({
        variant: 'ghost',
        size: 'icon',
        className: 'text-muted-foreground',
      })}
      items={items}
    />
  )
}
