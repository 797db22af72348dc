import { Outlet, useRouterState } from '@tanstack/react-router'
import { Menu as MenuIcon } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

import { Button } from '@/components/ui/button'
import { Modal } from '@/components/ui/dialog'
import { Logo } from '@/config/logo'

import { Sidebar } from './sidebar'

/** The frame of the pages behind the sign-in: the navigation at the side, in a drawer on a phone. */
export function Shell() {
  const [drawerOpen, setDrawerOpen] = useState(false)
  useFocusOnNavigation()

  function closeDrawer() {
    setDrawerOpen(false)
  }

  return (
    <div className="lg:grid lg:min-h-dvh lg:grid-cols-[16rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="fixed top-3 left-3 z-50 -translate-y-20 rounded-lg bg-primary px-4 py-2 text-sm font-medium text-primary-foreground focus-visible:translate-y-0"
      >
        Skip to the content
      </a>
      <header className="sticky top-0 hidden h-dvh border-r bg-sidebar lg:block">
        <Sidebar />
      </header>
      <header className="sticky top-0 z-30 flex h-14 items-center gap-2 border-b bg-background/90 px-3 backdrop-blur-md lg:hidden">
        <Button
          variant="ghost"
          size="icon"
          aria-label="Open the navigation"
          onClick={() => {
            setDrawerOpen(true)
          }}
        >
          <MenuIcon aria-hidden="true" className="size-5" />
        </Button>
        <Logo />
      </header>
      {drawerOpen && (
        <Modal
          label="Navigation"
          onClose={closeDrawer}
          className="m-0 h-dvh max-h-none w-72 max-w-[85vw] drawer-enter border-r bg-sidebar text-foreground shadow-float"
        >
          <Sidebar onNavigate={closeDrawer} />
        </Modal>
      )}
      <main id="main" tabIndex={-1} className="outline-none">
        <div className="mx-auto w-full max-w-5xl px-4 pt-6 pb-24 sm:px-8 sm:pt-10">
          <Outlet />
        </div>
      </main>
    </div>
  )
}

/** Without it a screen reader would stay on the link of the page before, and say nothing. */
function useFocusOnNavigation() {
  const pathname = useRouterState({ select: (state) => state.resolvedLocation?.pathname })
  const before = useRef(pathname)
  useEffect(() => {
    if (before.current !== undefined && before.current !== pathname) {
      document.getElementById('page-title')?.focus()
    }
    before.current = pathname
  }, [pathname])
}
