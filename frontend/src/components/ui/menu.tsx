import type { LucideIcon } from 'lucide-react'
import {
  type KeyboardEvent,
  type ReactNode,
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
  /** Names the button for those who cannot see what is in it. */
  label: string
  trigger: ReactNode
  triggerClass: string
  /** Shown above the actions. */
  header?: ReactNode
  items: readonly MenuItem[]
}

const GAP_PX = 6
const MARGIN_PX = 8

/** Puts the menu under its button, or above it where there is no room, and inside the window. */
function place(menu: HTMLElement, trigger: HTMLElement) {
  const button = trigger.getBoundingClientRect()
  const { width, height } = menu.getBoundingClientRect()
  const fitsBelow = button.bottom + GAP_PX + height + MARGIN_PX <= window.innerHeight
  const left = Math.min(
    Math.max(button.right - width, MARGIN_PX),
    window.innerWidth - width - MARGIN_PX,
  )
  menu.style.left = `${String(left)}px`
  menu.style.top = `${String(fitsBelow ? button.bottom + GAP_PX : button.top - GAP_PX - height)}px`
}

/** A button that opens a list of actions, with the keys of the WAI-ARIA menu button pattern. */
export function Menu({ label, trigger, triggerClass, header, items }: MenuProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const triggerRef = useRef<HTMLButtonElement>(null)
  const menuRef = useRef<HTMLDivElement>(null)

  useLayoutEffect(() => {
    if (!open || !menuRef.current || !triggerRef.current) return
    place(menuRef.current, triggerRef.current)
    menuRef.current.querySelector<HTMLElement>('[role=menuitem]')?.focus()
  }, [open])

  useEffect(() => {
    if (!open) return
    const controller = new AbortController()
    const close = (event: Event) => {
      const inside = event.target instanceof Node && menuRef.current?.contains(event.target)
      const onTrigger = event.target instanceof Node && triggerRef.current?.contains(event.target)
      if (!inside && !onTrigger) setOpen(false)
    }
    for (const type of ['pointerdown', 'focusin', 'scroll', 'resize']) {
      window.addEventListener(type, close, { capture: true, signal: controller.signal })
    }
    return () => {
      controller.abort()
    }
  }, [open])

  function closeToTrigger() {
    setOpen(false)
    triggerRef.current?.focus()
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const entries = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')]
    const at = entries.findIndex((entry) => entry === document.activeElement)
    const target = nextEntry(event.key, at, entries)
    if (target !== undefined) {
      event.preventDefault()
      entries[target]?.focus()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      closeToTrigger()
    } else if (event.key === 'Tab') {
      setOpen(false)
    }
  }

  return (
    <>
      <button
        ref={triggerRef}
        type="button"
        aria-label={label}
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
        <div
          ref={menuRef}
          className="fixed z-40 min-w-48 dialog-enter rounded-xl border bg-card p-1 text-sm shadow-float"
        >
          {header && <div className="mb-1 border-b px-2.5 py-2">{header}</div>}
          <div id={id} role="menu" tabIndex={-1} aria-label={label} onKeyDown={onKeyDown}>
            {items.map((item) => (
              <MenuEntry
                key={item.label}
                item={item}
                onSelect={() => {
                  // The focus goes back first: a dialog that the action opens returns it there.
                  closeToTrigger()
                  item.onSelect()
                }}
              />
            ))}
          </div>
        </div>
      )}
    </>
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

/** The index that a key moves to, if it moves: arrows wrap round, letters find a label. */
function nextEntry(key: string, at: number, entries: HTMLElement[]): number | undefined {
  const count = entries.length
  if (key === 'ArrowDown') return (at + 1) % count
  if (key === 'ArrowUp') return (at - 1 + count) % count
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  if (key.length !== 1 || key === ' ') return undefined
  const order = entries.map((_, offset) => (at + 1 + offset) % count)
  return order.find((index) =>
    entries[index]?.textContent.trim().toLowerCase().startsWith(key.toLowerCase()),
  )
}
