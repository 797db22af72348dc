import { Moon, Sun } from 'lucide-react'

import { setTheme, useIsDark } from '@/lib/theme'

import { Button } from './ui/button'

/** Switches between light and dark, from whichever is shown. */
export function ThemeButton() {
  const dark = useIsDark()
  const Icon = dark ? Sun : Moon
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label={dark ? 'Use the light theme' : 'Use the dark theme'}
      onClick={() => {
        setTheme(dark ? 'light' : 'dark')
      }}
      className="text-muted-foreground"
    >
      <Icon aria-hidden="true" className="size-4.5" />
    </Button>
  )
}
