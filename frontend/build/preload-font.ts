import type { Plugin } from 'vite'

/**
 * Makes the browser fetch the font with the style sheet, not after it: most pages need the Latin
 * letters alone, and without the wait the text is not set twice.
 */
export function preloadFont(): Plugin {
  return {
    name: 'preload-font',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((name) => /-latin-wght-normal-[^/]*\.woff2$/u.test(name))
          .map((name) => ({
            tag: 'link',
            injectTo: 'head',
            attrs: {
              rel: 'preload',
              as: 'font',
              type: 'font/woff2',
              crossorigin: '',
              href: `/${name}`,
            },
          })),
    },
  }
}
