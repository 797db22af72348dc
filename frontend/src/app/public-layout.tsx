import { Link, Outlet } from '@tanstack/react-router'

import { ThemeButton } from '@/components/theme-button'
import { brand } from '@/config/brand'
import { BrandDrawing } from '@/config/brand-drawing'
import { Logo } from '@/config/logo'
import { paths } from '@/config/paths'

/** The frame of the pages before the sign-in: the form on one side, the product on the other. */
export function PublicLayout() {
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)]">
      <div className="flex flex-col px-6 py-5 sm:px-10 sm:py-7">
        <header className="flex items-center justify-between">
          <Link to={paths.home} className="rounded-md">
            <Logo />
          </Link>
          <ThemeButton />
        </header>
        <main className="grid grow items-center py-10">
          <div className="mx-auto w-full max-w-sm lg:pb-10">
            <Outlet />
          </div>
        </main>
      </div>
      <aside
        aria-label={`About ${brand.name}`}
        className="hidden flex-col overflow-hidden bg-brand bg-dots text-brand-foreground lg:flex"
      >
        <BrandDrawing />
        <p className="max-w-lg px-12 pb-14 text-2xl leading-snug font-medium text-balance">
          {brand.tagline}
        </p>
      </aside>
    </div>
  )
}
