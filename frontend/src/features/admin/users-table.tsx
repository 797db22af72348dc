import { ShieldCheck, ShieldOff, UserCheck, UserX } from 'lucide-react'

import type { UserPublic } from '@/client'
import { Avatar } from '@/components/ui/avatar'
import { Badge } from '@/components/ui/badge'
import type { MenuItem } from '@/components/ui/menu'
import { RowMenu } from '@/components/ui/row-menu'
import { Cell, HeadCell, Row, SortableHeadCell, Table } from '@/components/ui/table'
import { cn } from '@/lib/cn'
import { formatDate, formatMoment } from '@/lib/format'

import type { UserChange } from './user-change'

interface UsersTableProps {
  users: readonly UserPublic[]
  /** The administrator at work, whose own account cannot be changed here. */
  ownId: string
  stale: boolean
  sort: string
  onSort: (sort: string) => void
  onChange: (change: UserChange) => void
}

export function UsersTable({ users, ownId, stale, sort, onSort, onChange }: UsersTableProps) {
  return (
    <Table
      label="Users"
      stale={stale}
      head={
        <>
          <SortableHeadCell field="full_name" sort={sort} onSort={onSort}>
            Name
          </SortableHeadCell>
          <SortableHeadCell field="email" sort={sort} onSort={onSort} className="max-lg:hidden">
            E-mail
          </SortableHeadCell>
          <HeadCell className="w-36 max-sm:hidden">Role</HeadCell>
          <HeadCell className="w-32 max-md:hidden">Status</HeadCell>
          <SortableHeadCell
            field="created_at"
            sort={sort}
            onSort={onSort}
            className="w-36 max-md:hidden"
          >
            Joined
          </SortableHeadCell>
          <HeadCell className="w-14">
            <span className="sr-only">Actions</span>
          </HeadCell>
        </>
      }
    >
      {users.map((user) => (
        <UserRow key={user.id} user={user} own={user.id === ownId} onChange={onChange} />
      ))}
    </Table>
  )
}

interface UserRowProps {
  user: UserPublic
  own: boolean
  onChange: (change: UserChange) => void
}

function UserRow({ user, own, onChange }: UserRowProps) {
  return (
    <Row>
      <Cell>
        <div className="flex items-center gap-3">
          <Avatar name={user.full_name || user.email} />
          <div className="min-w-0">
            <p className="truncate font-medium">
              {user.full_name || user.email}
              {own && <span className="ml-1.5 font-normal text-muted-foreground">(you)</span>}
            </p>
            {user.full_name && (
              <p className="truncate text-muted-foreground lg:hidden">{user.email}</p>
            )}
            <div className="mt-1.5 flex flex-wrap items-center gap-x-2.5 gap-y-1 md:hidden">
              <span className="sm:hidden">
                <RoleBadge user={user} />
              </span>
              <Status user={user} />
            </div>
          </div>
        </div>
      </Cell>
      <Cell className="truncate text-muted-foreground max-lg:hidden">{user.email}</Cell>
      <Cell className="max-sm:hidden">
        <RoleBadge user={user} />
      </Cell>
      <Cell className="max-md:hidden">
        <Status user={user} />
      </Cell>
      <Cell className="whitespace-nowrap text-muted-foreground max-md:hidden">
        <time dateTime={user.created_at} title={formatMoment(user.created_at)}>
          {formatDate(user.created_at)}
        </time>
      </Cell>
      <Cell className="text-right">
        {!own && (
          <RowMenu subject={user.full_name || user.email} items={actionsFor(user, onChange)} />
        )}
      </Cell>
    </Row>
  )
}

function RoleBadge({ user }: { user: UserPublic }) {
  return user.role === 'admin' ? <Badge tone="accent">Administrator</Badge> : <Badge>User</Badge>
}

function Status({ user }: { user: UserPublic }) {
  return (
    <span
      className={cn(
        'inline-flex items-center gap-1.5 text-[0.8125rem]',
        user.is_active ? 'text-muted-foreground' : 'text-destructive',
      )}
    >
      <span
        aria-hidden="true"
        className={cn('size-1.5 rounded-full', user.is_active ? 'bg-ring' : 'bg-destructive')}
      />
      {user.is_active ? 'Active' : 'Deactivated'}
    </span>
  )
}

function actionsFor(user: UserPublic, onChange: (change: UserChange) => void): MenuItem[] {
  const role: MenuItem =
    user.role === 'admin'
      ? {
          label: 'Make a user',
          icon: ShieldOff,
          onSelect: () => {
            onChange({ kind: 'demote', user })
          },
        }
      : {
          label: 'Make an administrator',
          icon: ShieldCheck,
          onSelect: () => {
            onChange({ kind: 'promote', user })
          },
        }
  const status: MenuItem = user.is_active
    ? {
        label: 'Deactivate',
        icon: UserX,
        destructive: true,
        onSelect: () => {
          onChange({ kind: 'deactivate', user })
        },
      }
    : {
        label: 'Activate',
        icon: UserCheck,
        onSelect: () => {
          onChange({ kind: 'activate', user })
        },
      }
  return [role, status]
}
