import { Monitor, Moon, Sun } from 'lucide-react'

import { setTheme, type Theme, themes, useTheme } from '@/lib/theme'

const looks = {
  light: { label: 'Light', icon: Sun },
  dark: { label: 'Dark', icon: Moon },
  system: { label: 'System', icon: Monitor },
} as const satisfies Record<Theme, unknown>

export function ThemeChoice() {
  const chosen = useTheme()
  return (
    <fieldset>
      <legend className="mb-3 text-sm font-medium">Theme</legend>
      <div className="grid grid-cols-3 gap-2.5 sm:gap-3">
        {themes.map((theme) => {
          const { label, icon: Icon } = looks[theme]
          return (
            <label
              key={theme}
              className="flex cursor-pointer flex-col items-center gap-2 rounded-lg border px-3 py-4 text-sm font-medium text-muted-foreground transition-colors hover:bg-muted/60 has-checked:border-primary has-checked:bg-accent has-checked:text-accent-foreground has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring"
            >
              <input
                type="radio"
                name="theme"
                value={theme}
                checked={theme === chosen}
                onChange={() => {
                  setTheme(theme)
                }}
                className="sr-only"
              />
              <Icon aria-hidden="true" className="size-5" />
              {label}
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}
