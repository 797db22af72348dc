import type { UserAccess, UserPublic } from '@/client'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { toast } from '@/components/ui/toast'
import { messageOf } from '@/lib/api-error'

import { useUpdateUser } from './api'

/** A change that an administrator wants to make to someone's account. */
export interface UserChange {
  kind: 'promote' | 'demote' | 'activate' | 'deactivate'
  user: UserPublic
}

interface Wording {
  update: UserAccess
  title: (name: string) => string
  description: string
  action: string
  done: (name: string) => string
}

const wordings: Record<UserChange['kind'], Wording> = {
  promote: {
    update: { role: 'admin' },
    title: (name) => `Make ${name} an administrator?`,
    description: 'Administrators see all users, and can change their roles and deactivate them.',
    action: 'Make an administrator',
    done: (name) => `${name} is an administrator now.`,
  },
  demote: {
    update: { role: 'user' },
    title: (name) => `Make ${name} a user?`,
    description: 'The administrator’s rights end at once, and the person has to sign in again.',
    action: 'Make a user',
    done: (name) => `${name} is a user now.`,
  },
  activate: {
    update: { is_active: true },
    title: (name) => `Activate ${name}?`,
    description: 'The person can sign in again, and finds everything as it was.',
    action: 'Activate',
    done: (name) => `${name} can sign in again.`,
  },
  deactivate: {
    update: { is_active: false },
    title: (name) => `Deactivate ${name}?`,
    description:
      'The person is signed out everywhere at once and cannot sign in. Nothing is deleted.',
    action: 'Deactivate',
    done: (name) => `${name} is deactivated.`,
  },
}

interface UserChangeDialogProps {
  change: UserChange
  onClose: () => void
}

/** Asks before the change is made: each of them takes effect at once for someone else. */
export function UserChangeDialog({ change, onClose }: UserChangeDialogProps) {
  const updateUser = useUpdateUser()
  const { update, title, description, action, done } = wordings[change.kind]
  const name = change.user.full_name || change.user.email
  return (
    <ConfirmDialog
      title={title(name)}
      description={description}
      action={action}
      destructive={change.kind === 'deactivate' || change.kind === 'demote'}
      pending={updateUser.isPending}
      error={updateUser.error ? messageOf(updateUser.error) : undefined}
      onConfirm={() => {
        updateUser.mutate(
          { id: change.user.id, change: update },
          {
            onSuccess: () => {
              toast.success(done(name))
              onClose()
            },
          },
        )
      }}
      onClose={onClose}
    />
  )
}
