import { useSyncExternalStore } from 'react'

// The key and the class are those of public/theme.js, which runs before this module is loaded.
const STORAGE_KEY = 'theme'
const DARK_CLASS = 'dark'

export const themes = ['light', 'dark', 'system'] as const
export type Theme = (typeof themes)[number]

const listeners = new Set<() => void>()
const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)')
let current = readStored()

function readStored(): Theme {
  try {
    const stored = localStorage.getItem(STORAGE_KEY)
    return themes.find((theme) => theme === stored) ?? 'system'
  } catch {
    return 'system'
  }
}

function isDark() {
  return current === 'dark' || (current === 'system' && systemIsDark.matches)
}

function apply() {
  document.documentElement.classList.toggle(DARK_CLASS, isDark())
  for (const listener of listeners) listener()
}

/** Chooses the theme, for this and every later visit, and for the other open tabs. */
export function setTheme(theme: Theme): void {
  current = theme
  try {
    localStorage.setItem(STORAGE_KEY, theme)
  } catch {
    // Storage is refused (private window, policy): the choice lasts until the page is left.
  }
  apply()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** The theme that the person chose. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, () => current)
}

/** Whether the page is dark just now, by choice or by the system. */
export function useIsDark(): boolean {
  return useSyncExternalStore(subscribe, isDark)
}

systemIsDark.addEventListener('change', apply)
window.addEventListener('storage', (event) => {
  if (event.key !== STORAGE_KEY && event.key !== null) return
  current = readStored()
  apply()
})
