import type { ReactNode } from 'react'

interface SettingsSectionProps {
  title: string
  description: string
  children: ReactNode
}

/** A titled group of controls: words on the left, the controls in a card on the right. */
export function SettingsSection({ title, description, children }: SettingsSectionProps) {
  return (
    <section
      aria-label={title}
      className="grid gap-4 py-8 first:pt-0 md:grid-cols-[minmax(0,15rem)_minmax(0,1fr)] md:gap-10"
    >
      <div>
        <h2 className="font-semibold">{title}</h2>
        <p className="mt-1 text-sm text-muted-foreground">{description}</p>
      </div>
      <div className="rounded-xl border bg-card p-5 shadow-soft sm:p-6">{children}</div>
    </section>
  )
}
