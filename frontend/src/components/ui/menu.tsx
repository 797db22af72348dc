import type { LucideIcon } from 'lucide-react'
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'

import { cn } from '@/lib/cn'

export interface MenuItem {
  label: string
  icon: LucideIcon
  destructive?: boolean
  onSelect: () => void
}

interface MenuProps {
  /** What is in the button; its text, visible or not, names the button and the menu. */
  trigger: ReactNode
  triggerClass: string
  items: readonly MenuItem[]
}

/** A button that opens a list of actions, with the keys of the WAI-ARIA menu button pattern. */
export function Menu({ trigger, triggerClass, items }: MenuProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const triggerRef = useRef<HTMLButtonElement>(null)

  return (
    <>
      <button
        ref={triggerRef}
        id={`${id}-trigger`}
        type="button"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        className={triggerClass}
        onClick={() => {
          setOpen(!open)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          setOpen(true)
        }}
      >
        {trigger}
      </button>
      {open && (
        <MenuList
          id={id}
          items={items}
          trigger={triggerRef}
          onClose={() => {
            setOpen(false)
          }}
        />
      )}
    </>
  )
}

interface MenuListProps {
  id: string
  items: readonly MenuItem[]
  trigger: RefObject<HTMLElement | null>
  onClose: () => void
}

function MenuList({ id, items, trigger, onClose }: MenuListProps) {
  const ref = useRef<HTMLDivElement>(null)
  useCloseOutside(ref, trigger, onClose)

  useLayoutEffect(() => {
    if (!ref.current || !trigger.current) return
    place(ref.current, trigger.current)
    entriesOf(ref.current)[0]?.focus()
  }, [trigger])

  function leave() {
    onClose()
    trigger.current?.focus()
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const entries = entriesOf(event.currentTarget)
    const target = nextEntry(event.key, entries)
    if (target) {
      event.preventDefault()
      target.focus()
    } else if (event.key === 'Escape') {
      // Only the menu closes, not the dialog that it may stand in.
      event.preventDefault()
      event.stopPropagation()
      leave()
    } else if (event.key === 'Tab') {
      onClose()
    }
  }

  return (
    <div
      ref={ref}
      id={id}
      role="menu"
      tabIndex={-1}
      aria-labelledby={`${id}-trigger`}
      onKeyDown={onKeyDown}
      className="fixed z-40 min-w-48 dialog-enter rounded-xl border bg-card p-1 text-sm shadow-float"
    >
      {items.map((item) => (
        <MenuEntry
          key={item.label}
          item={item}
          onSelect={() => {
            // The focus goes back first: a dialog that the action opens returns it there.
            leave()
            item.onSelect()
          }}
        />
      ))}
    </div>
  )
}

function MenuEntry({ item, onSelect }: { item: MenuItem; onSelect: () => void }) {
  const Icon = item.icon
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      onClick={onSelect}
      className={cn(
        'flex w-full items-center gap-2.5 rounded-lg px-2.5 py-2 text-left outline-none hover:bg-muted focus:bg-muted',
        item.destructive && 'text-destructive',
      )}
    >
      <Icon aria-hidden="true" className="size-4 opacity-80" />
      {item.label}
    </button>
  )
}

function useCloseOutside(
  menu: RefObject<HTMLElement | null>,
  trigger: RefObject<HTMLElement | null>,
  onClose: () => void,
) {
  useEffect(() => {
    const controller = new AbortController()
    const close = ({ target }: Event) => {
      const inside =
        target instanceof Node && [menu, trigger].some(({ current }) => current?.contains(target))
      if (!inside) onClose()
    }
    for (const type of ['pointerdown', 'focusin', 'scroll', 'resize']) {
      window.addEventListener(type, close, { capture: true, signal: controller.signal })
    }
    return () => {
      controller.abort()
    }
  })
}

const GAP_PX = 6
const MARGIN_PX = 8

/** Puts the menu under its button, or above it where there is no room, and inside the window. */
function place(menu: HTMLElement, trigger: HTMLElement) {
  const button = trigger.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = menu
  const fitsBelow = button.bottom + GAP_PX + height + MARGIN_PX <= window.innerHeight
  const left = Math.min(
    Math.max(button.right - width, MARGIN_PX),
    window.innerWidth - width - MARGIN_PX,
  )
  menu.style.left = `${String(left)}px`
  menu.style.top = `${String(fitsBelow ? button.bottom + GAP_PX : button.top - GAP_PX - height)}px`
}

function entriesOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')]
}

/** The entry that a key moves to, if it moves: arrows wrap round, letters find a label. */
function nextEntry(key: string, entries: HTMLElement[]): HTMLElement | undefined {
  const at = entries.findIndex((entry) => entry === document.activeElement)
  if (key === 'ArrowDown') return entries[(at + 1) % entries.length]
  if (key === 'ArrowUp') return entries.at(at - 1)
  if (key === 'Home') return entries[0]
  if (key === 'End') return entries.at(-1)
  if (key.length !== 1 || key === ' ') return undefined
  const inOrder = [...entries.slice(at + 1), ...entries.slice(0, at + 1)]
  return inOrder.find((entry) =>
    entry.textContent.trim().toLowerCase().startsWith(key.toLowerCase()),
  )
}
