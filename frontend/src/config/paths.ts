/** Every address of a page; the addresses of the API are in the generated client. */
export const paths = {
  home: '/',
  signIn: '/sign-in',
  signUp: '/sign-up',
  forgotPassword: '/forgot-password',
  resetPassword: '/reset-password',
  items: '/items',
  settings: '/settings',
  adminUsers: '/admin/users',
} as const
