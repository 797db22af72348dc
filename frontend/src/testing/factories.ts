import type { ItemPublic, UserPublic } from '@/client'

let built = 0

function nextId(): string {
  built += 1
  return `00000000-0000-4000-8000-${String(built).padStart(12, '0')}`
}

export function buildUser(given: Partial<UserPublic> = {}): UserPublic {
  return {
    id: nextId(),
    email: 'ada@example.com',
    full_name: 'Ada Lovelace',
    role: 'user',
    is_active: true,
    created_at: '2026-01-05T09:00:00Z',
    ...given,
  }
}

export function buildItem(given: Partial<ItemPublic> = {}): ItemPublic {
  return {
    id: nextId(),
    title: 'Sharpen the chisels',
    description: null,
    created_at: '2026-01-05T09:00:00Z',
    updated_at: '2026-01-05T09:00:00Z',
    ...given,
  }
}
