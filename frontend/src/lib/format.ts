// The page's own language: "5 minutes ago" stands amid its words.
const language = document.documentElement.lang || 'en'
const number = new Intl.NumberFormat(language)
const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' })
const dateAndTime = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short' })
const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** "now", "5 minutes ago" within the last week, the date before that. */
export function formatWhen(iso: string, now = Date.now()): string {
  const moment = new Date(iso)
  const seconds = (now - moment.getTime()) / 1000
  if (seconds >= 7 * 86_400) return date.format(moment)
  for (const [unit, length] of steps) {
    if (seconds >= length) return relative.format(-Math.floor(seconds / length), unit)
  }
  return relative.format(0, 'second')
}

export function formatDate(iso: string): string {
  return date.format(new Date(iso))
}

/** The whole moment in words, for a tooltip. */
export function formatMoment(iso: string): string {
  return dateAndTime.format(new Date(iso))
}

export function formatNumber(value: number): string {
  return number.format(value)
}
