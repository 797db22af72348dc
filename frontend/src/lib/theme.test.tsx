import { act, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'

import { ThemeButton } from '@/components/theme-button'
import { setSystemDark } from '@/testing/browser'

import { setTheme, useTheme } from './theme'

// Vite serves this file as it is, so the page loads it before any module.
const { default: initialScript } = await import('../../public/theme.js?raw')

function startPage() {
  document.documentElement.classList.remove('dark')
  window.eval(initialScript)
}

function isDark(): boolean {
  return document.documentElement.classList.contains('dark')
}

function Chosen() {
  return <output>{useTheme()}</output>
}

it.each([
  { theme: 'light', system: true, dark: false },
  { theme: 'dark', system: false, dark: true },
  { theme: 'system', system: true, dark: true },
  { theme: 'system', system: false, dark: false },
] as const)('starts as it was left: $theme, system dark: $system', ({ theme, system, dark }) => {
  setSystemDark(system)
  setTheme(theme)

  expect(isDark()).toBe(dark)
  startPage()
  expect(isDark()).toBe(dark)
})

it('follows the system at once, but only when asked to', () => {
  setTheme('system')
  setSystemDark(true)
  expect(isDark()).toBe(true)

  setTheme('light')
  setSystemDark(false)
  setSystemDark(true)
  expect(isDark()).toBe(false)
})

it('follows the choice made in another tab', () => {
  setTheme('light')
  render(<Chosen />)

  localStorage.setItem('theme', 'dark')
  act(() => {
    window.dispatchEvent(new StorageEvent('storage', { key: 'theme' }))
  })

  expect(isDark()).toBe(true)
  expect(screen.getByRole('status')).toHaveTextContent('dark')
})

it('offers the other theme than the one shown', async () => {
  setTheme('system')
  render(<ThemeButton />)

  await userEvent.click(screen.getByRole('button', { name: 'Use the dark theme' }))

  expect(isDark()).toBe(true)
  expect(screen.getByRole('button', { name: 'Use the light theme' })).toBeInTheDocument()
})
