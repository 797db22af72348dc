/** The first letters of a name, for a place where a picture would be. */
export function Avatar({ name }: { name: string }) {
  const initials = name
    .split(/[\s.@_-]+/u)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => /^./u.exec(word)?.[0].toLocaleUpperCase())
    .join('')
  return (
    <span
      aria-hidden="true"
      className="grid size-8 shrink-0 place-items-center rounded-full bg-accent text-xs font-semibold text-accent-foreground"
    >
      {initials}
    </span>
  )
}
