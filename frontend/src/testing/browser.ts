/** What the pages use of a browser and jsdom does not have, as little of it as they use. */

const dark = '(prefers-color-scheme: dark)'
const schemeListeners = new Set<(event: Event) => void>()
let systemIsDark = false

/** Makes the system's theme dark or light, as a person does in its settings. */
export function setSystemDark(value: boolean): void {
  systemIsDark = value
  for (const listener of schemeListeners) listener(new Event('change'))
}

function matchMedia(query: string): Partial<MediaQueryList> {
  return {
    media: query,
    get matches() {
      return query === dark && systemIsDark
    },
    addEventListener: (_: string, listener: (event: Event) => void) => {
      schemeListeners.add(listener)
    },
  }
}

const focusBefore = new WeakMap<HTMLDialogElement, Element | null>()

function showModal(this: HTMLDialogElement) {
  focusBefore.set(this, document.activeElement)
  this.open = true
  this.querySelector<HTMLElement>('input, textarea, button')?.focus()
  this.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    this.dispatchEvent(new Event('cancel', { cancelable: true }))
  })
}

function close(this: HTMLDialogElement) {
  this.open = false
  const before = focusBefore.get(this)
  if (before instanceof HTMLElement) before.focus()
}

/** Web Locks within one page: each task waits for those before it. */
class Locks {
  #last: Promise<unknown> = Promise.resolve()

  request<Result>(_: string, task: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(task)
    this.#last = result.catch(() => undefined)
    return result
  }
}

export function installBrowser(): void {
  Object.assign(window, { matchMedia, scrollTo: () => undefined })
  Object.assign(HTMLDialogElement.prototype, { showModal, close })
  Object.defineProperty(navigator, 'locks', { value: new Locks() })
}
