import { ChevronsUpDown, LogOut, Moon, Sun } from 'lucide-react'

import { Avatar } from '@/components/ui/avatar'
import { Menu } from '@/components/ui/menu'
import { toast } from '@/components/ui/toast'
import { messageOf } from '@/lib/api-error'
import { auth } from '@/lib/auth'
import { useCurrentUser } from '@/lib/current-user'
import { setTheme, useIsDark } from '@/lib/theme'

/** Who is signed in, and the way out. */
export function UserMenu() {
  const { full_name, email } = useCurrentUser()
  const dark = useIsDark()
  const name = full_name || email

  async function signOut() {
    try {
      await auth.signOut()
    } catch (error) {
      toast.error(`You are still signed in. ${messageOf(error)}`)
    }
  }

  return (
    <Menu
      trigger={
        <>
          <span className="sr-only">Account of</span> <Avatar name={name} />
          <span className="min-w-0 grow">
            <span className="block truncate text-sm font-medium">{name}</span>{' '}
            {full_name && (
              <span className="block truncate text-xs text-muted-foreground">{email}</span>
            )}
          </span>
          <ChevronsUpDown aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
        </>
      }
      triggerClass="flex w-full items-center gap-2.5 rounded-lg p-2 text-left transition-colors hover:bg-accent/60 aria-expanded:bg-accent/60"
      items={[
        {
          label: dark ? 'Light theme' : 'Dark theme',
          icon: dark ? Sun : Moon,
          onSelect: () => {
            setTheme(dark ? 'light' : 'dark')
          },
        },
        { label: 'Sign out', icon: LogOut, onSelect: () => void signOut() },
      ]}
    />
  )
}
