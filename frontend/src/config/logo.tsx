import { brand } from './brand'

/** The mark alone, in the colour of the text around it. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="8" fill={brand.color} />
      <path
        d={brand.mark.join('')}
        fill="none"
        stroke="#fff"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}

/** The mark with the product's name beside it. */
export function Logo() {
  return (
    <span className="flex items-center gap-2.5">
      <Mark className="size-7 shrink-0" />
      <span className="text-[1.0625rem] font-semibold">{brand.name}</span>
    </span>
  )
}
