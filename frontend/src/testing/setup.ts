import '@testing-library/jest-dom/vitest'

import { cleanup } from '@testing-library/react'
import { afterAll, afterEach, beforeAll } from 'vitest'

import { installBrowser, setSystemDark } from './browser'
import { api, server } from './handlers'

installBrowser()

beforeAll(() => {
  server.listen({ onUnhandledFrame: 'error' })
})

afterEach(() => {
  cleanup()
  server.resetHandlers()
  api.reset()
  localStorage.clear()
  setSystemDark(false)
})

afterAll(() => {
  server.close()
})
