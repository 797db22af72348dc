import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

import { brandFiles } from './build/brand-files.ts'
import { portFromEnvironment } from './build/ports.ts'
import { preloadFont } from './build/preload-font.ts'

const apiPort = portFromEnvironment('API_PORT', 8000)
const webPort = portFromEnvironment('WEB_PORT', 5173)

// The Host header is passed on unchanged, so that the API sees the origin that the browser sees:
// its Origin check compares the two, and refuses a refresh when they differ.
const proxy = Object.fromEntries(
  ['/api', '/docs', '/redoc', '/openapi.json', '/health', '/dev/mailbox'].map((path) => [
    path,
    { target: `http://127.0.0.1:${String(apiPort)}`, changeOrigin: false },
  ]),
)

export default defineConfig({
  plugins: [react(), tailwindcss(), brandFiles(), preloadFont()],
  resolve: { tsconfigPaths: true },
  server: { port: webPort, strictPort: true, proxy },
  preview: { port: webPort, strictPort: true, proxy },
  build: {
    // The content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    // Every browser that knows the CSS used here also knows modulepreload.
    modulePreload: { polyfill: false },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/testing/setup.ts'],
    testTimeout: 20_000,
    restoreMocks: true,
    unstubGlobals: true,
  },
})
