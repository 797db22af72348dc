import '@testing-library/jest-dom/vitest'

import { cleanup, configure } from '@testing-library/react'
import { afterAll, afterEach, beforeAll } from 'vitest'

import { installBrowser, setSystemDark } from './browser'
import { api, server } from './handlers'

installBrowser()
// Not a measure of speed: a machine that is busy with something else is slow, not wrong.
configure({ asyncUtilTimeout: 5000 })

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
