import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  parseSearchWith,
  redirect,
  type RouterHistory,
  type SearchSchemaInput,
  stringifySearchWith,
  stripSearchParams,
} from '@tanstack/react-router'

import { paths } from '@/config/paths'
import { usersQuery, readUsersSearch } from '@/features/admin/api'
import { itemsQuery, readItemsSearch } from '@/features/items/api'
import { type GivenListSearch, listDefaults } from '@/lib/list-search'

import { ErrorPage, WholePageError } from './error-page'
import { requireAdmin, requireAnonymous, requireUser } from './guards'
import { NotFoundPage } from './not-found-page'
import { PublicLayout } from './public-layout'
import { Splash } from './splash'

interface RouterContext {
  queryClient: QueryClient
}

/**
 * Where to go once signed in; only a path of this site, so that no link leads elsewhere. What is
 * refused is set to undefined: the router keeps what a reader leaves out.
 */
function readOpenSearch(given: { redirect?: unknown } & SearchSchemaInput): { redirect?: string } {
  const { redirect } = given
  return { redirect: isPathOfThisSite(redirect) ? redirect : undefined }
}

function isPathOfThisSite(value: unknown): value is string {
  if (typeof value !== 'string' || !value.startsWith('/')) return false
  // "//host", and what browsers read as that: backslashes, tabs and line ends between the two.
  const { origin } = window.location
  return URL.canParse(value, origin) && new URL(value, origin).origin === origin
}

/** Not awaited: the page itself shows that its rows are on their way, or why they are not. */
function startLoading(query: Promise<unknown>): void {
  query.catch(() => undefined)
}

const root = createRootRouteWithContext<RouterContext>()({
  errorComponent: WholePageError,
  notFoundComponent: NotFoundPage,
})

const home = createRoute({
  getParentRoute: () => root,
  path: paths.home,
  beforeLoad: () => redirect({ to: paths.items, throw: true }),
})

// ---- Pages for everyone -------------------------------------------------------------------------

const open = createRoute({
  getParentRoute: () => root,
  id: '_open',
  validateSearch: readOpenSearch,
  beforeLoad: ({ search }) => requireAnonymous(search.redirect),
  component: PublicLayout,
  errorComponent: WholePageError,
})

const signIn = createRoute({
  getParentRoute: () => open,
  path: paths.signIn,
  component: lazyRouteComponent(() => import('@/features/sessions/sign-in-page'), 'SignInPage'),
})

const signUp = createRoute({
  getParentRoute: () => open,
  path: paths.signUp,
  component: lazyRouteComponent(() => import('@/features/users/sign-up-page'), 'SignUpPage'),
})

// Also for those signed in: a link in a mail is followed by whoever holds the mail.
const recovery = createRoute({
  getParentRoute: () => root,
  id: '_recovery',
  component: PublicLayout,
  errorComponent: WholePageError,
})

const forgotPassword = createRoute({
  getParentRoute: () => recovery,
  path: paths.forgotPassword,
  component: lazyRouteComponent(
    () => import('@/features/recovery/forgot-password-page'),
    'ForgotPasswordPage',
  ),
})

const resetPassword = createRoute({
  getParentRoute: () => recovery,
  path: paths.resetPassword,
  component: lazyRouteComponent(
    () => import('@/features/recovery/reset-password-page'),
    'ResetPasswordPage',
  ),
})

// ---- Pages for those signed in ------------------------------------------------------------------

const shell = createRoute({
  getParentRoute: () => root,
  id: '_shell',
  beforeLoad: async ({ context, location }) => ({
    user: await requireUser(context.queryClient, location.href),
  }),
  component: lazyRouteComponent(() => import('./shell'), 'Shell'),
  errorComponent: WholePageError,
})

const items = createRoute({
  getParentRoute: () => shell,
  path: paths.items,
  validateSearch: (given: GivenListSearch & SearchSchemaInput) => readItemsSearch(given),
  search: { middlewares: [stripSearchParams({ ...listDefaults, sort: '-created_at' as const })] },
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    startLoading(context.queryClient.query(itemsQuery(deps)))
  },
  component: lazyRouteComponent(() => import('@/features/items/items-page'), 'ItemsPage'),
})

const settings = createRoute({
  getParentRoute: () => shell,
  path: paths.settings,
  component: lazyRouteComponent(() => import('@/features/users/settings-page'), 'SettingsPage'),
})

const adminUsers = createRoute({
  getParentRoute: () => shell,
  path: paths.adminUsers,
  validateSearch: (given: GivenListSearch & SearchSchemaInput) => readUsersSearch(given),
  search: { middlewares: [stripSearchParams({ ...listDefaults, sort: '-created_at' as const })] },
  beforeLoad: ({ context }) => {
    requireAdmin(context.user)
  },
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    startLoading(context.queryClient.query(usersQuery(deps)))
  },
  component: lazyRouteComponent(() => import('@/features/admin/users-page'), 'UsersPage'),
})

const routeTree = root.addChildren([
  home,
  open.addChildren([signIn, signUp]),
  recovery.addChildren([forgotPassword, resetPassword]),
  shell.addChildren([items, settings, adminUsers]),
])

export function createAppRouter(queryClient: QueryClient, history?: RouterHistory) {
  return createRouter({
    routeTree,
    context: { queryClient },
    ...(history && { history }),
    defaultPreload: 'intent',
    // Fresh or not is the query client's to say.
    defaultPreloadStaleTime: 0,
    // An unknown address is not a page of whichever part it begins with.
    notFoundMode: 'root',
    defaultErrorComponent: ErrorPage,
    defaultPendingComponent: Splash,
    defaultPendingMs: 300,
    scrollRestoration: true,
    // Plain values: `?search=42`, not `?search="42"`. The schemas turn text into what it stands for.
    parseSearch: parseSearchWith((text) => text),
    stringifySearch: stringifySearchWith(String),
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
