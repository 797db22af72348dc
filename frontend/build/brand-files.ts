import type { Plugin } from 'vite'

import { brand } from '../src/config/brand.ts'

const favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="${brand.color}"/><path d="${brand.mark.join('')}" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>`

const manifest = JSON.stringify({
  name: brand.name,
  short_name: brand.name,
  description: brand.tagline,
  start_url: '/',
  display: 'standalone',
  theme_color: brand.color,
  background_color: brand.color,
  icons: [{ src: '/favicon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
})

const files: Record<string, { type: string; source: string }> = {
  'favicon.svg': { type: 'image/svg+xml', source: favicon },
  'manifest.webmanifest': { type: 'application/manifest+json', source: manifest },
}

/** Writes the product's name into index.html, and makes the favicon and the manifest from it. */
export function brandFiles(): Plugin {
  return {
    name: 'brand-files',
    transformIndexHtml: (html) =>
      html.replaceAll('%BRAND_NAME%', brand.name).replaceAll('%BRAND_TAGLINE%', brand.tagline),
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const file = files[request.url?.slice(1) ?? '']
        if (!file) {
          next()
          return
        }
        response.setHeader('Content-Type', file.type)
        response.end(file.source)
      })
    },
    generateBundle() {
      for (const [fileName, { source }] of Object.entries(files)) {
        this.emitFile({ type: 'asset', fileName, source })
      }
    },
  }
}
