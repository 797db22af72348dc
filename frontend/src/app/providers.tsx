import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

import { Toaster } from '@/components/ui/toast'
import { auth } from '@/lib/auth'
import { createQueryClient } from '@/lib/query-client'

import { createAppRouter } from './router'

type Router = ReturnType<typeof createAppRouter>

interface AppProps {
  /** Made anew when not given; a test gives one with a history of its own. */
  createRouter?: (queryClient: ReturnType<typeof createQueryClient>) => Router
}

/** The whole application: what all pages share, and the pages. */
export function App({ createRouter = createAppRouter }: AppProps) {
  const [queryClient] = useState(createQueryClient)
  const [router] = useState(() => createRouter(queryClient))

  useEffect(
    () =>
      auth.subscribe((status) => {
        void (async () => {
          // It may be nobody: then there is nothing to ask for. The guards say what else goes wrong.
          const found = status === 'unknown' ? await auth.start().catch(() => status) : status
          // What was loaded belongs to whoever was signed in before.
          const someone = found === 'signed-in' || found === 'unknown'
          if (someone) await queryClient.resetQueries()
          await router.invalidate()
          if (!someone) queryClient.clear()
        })()
      }),
    [queryClient, router],
  )

  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <Toaster />
    </QueryClientProvider>
  )
}
