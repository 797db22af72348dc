import { Link } from '@tanstack/react-router'
import { Package, Settings, Users } from 'lucide-react'

import { Logo } from '@/config/logo'
import { paths } from '@/config/paths'
import { useCurrentUser } from '@/lib/current-user'

import { UserMenu } from './user-menu'

const forEveryone = [
  { to: paths.items, label: 'Items', icon: Package },
  { to: paths.settings, label: 'Settings', icon: Settings },
] as const

const forAdministrators = [{ to: paths.adminUsers, label: 'Users', icon: Users }] as const

/** The product's name, the way to its pages, and whose session this is. */
export function Sidebar({ onNavigate }: { onNavigate?: () => void }) {
  const { role } = useCurrentUser()
  return (
    <div className="flex h-full flex-col p-3">
      <Link to={paths.home} className="mb-5 rounded-lg px-2 py-2" onClick={onNavigate}>
        <Logo />
      </Link>
      <nav aria-label="Main" className="grow space-y-6">
        <NavList links={forEveryone} {...(onNavigate && { onNavigate })} />
        {role === 'admin' && (
          <div>
            <p
              id="administration"
              className="mb-1.5 px-2.5 text-xs font-medium text-muted-foreground"
            >
              Administration
            </p>
            <NavList
              labelledBy="administration"
              links={forAdministrators}
              {...(onNavigate && { onNavigate })}
            />
          </div>
        )}
      </nav>
      <UserMenu />
    </div>
  )
}

interface NavListProps {
  labelledBy?: string
  links: typeof forEveryone | typeof forAdministrators
  onNavigate?: () => void
}

function NavList({ labelledBy, links, onNavigate }: NavListProps) {
  return (
    <ul aria-labelledby={labelledBy} className="space-y-0.5">
      {links.map(({ to, label, icon: Icon }) => (
        <li key={to}>
          <Link
            to={to}
            onClick={onNavigate}
            className="flex h-9 items-center gap-2.5 rounded-lg px-2.5 text-sm font-medium text-muted-foreground transition-colors hover:bg-accent/60 hover:text-foreground data-[status=active]:bg-accent data-[status=active]:text-accent-foreground"
          >
            <Icon aria-hidden="true" className="size-4.5" />
            {label}
          </Link>
        </li>
      ))}
    </ul>
  )
}
