/**
 * The product's name, words and mark. Everything that shows one of them reads it here: the pages,
 * the document's title, the favicon and the web manifest (build/brand-files.ts).
 */
export const brand = {
  name: 'Kingpost',
  tagline: 'One post carries the load, so everything else stays light.',
  /** The mark's background; the browser's address bar and the favicon use it too. */
  color: '#1d5c49',
  /** The mark on a 32 by 32 grid, as strokes: rafters and tie beam, post, struts. */
  mark: ['M4.5 23 16 8.5 27.5 23Z', 'M16 8.5V23', 'M10.25 15.75 16 23l5.75-7.25'],
} as const
