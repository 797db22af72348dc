const timbers = [
  // Tie beam, the two rafters, the king post, the two struts.
  'M70 356H570',
  'M82 348 320 150 558 348',
  'M320 150V356',
  'M320 340 208 243',
  'M320 340 432 243',
]

const labels = [
  { x: 336, y: 214, text: 'King post' },
  { x: 100, y: 240, text: 'Rafter' },
  { x: 356, y: 300, text: 'Strut' },
  { x: 90, y: 392, text: 'Tie beam' },
]

/** A king post truss as a carpenter draws it. Decoration: it says nothing that the text does not. */
export function BrandDrawing() {
  return (
    <svg
      viewBox="0 0 640 520"
      aria-hidden="true"
      className="absolute inset-x-0 top-[8%] mx-auto w-[88%] max-w-3xl text-brand-line"
    >
      <defs>
        <pattern id="grid" width="20" height="20" patternUnits="userSpaceOnUse">
          <circle cx="1" cy="1" r="0.8" fill="currentColor" opacity="0.28" />
        </pattern>
      </defs>
      <rect width="640" height="520" fill="url(#grid)" />
      <g fill="none" strokeLinejoin="round">
        {timbers.map((d) => (
          <path key={d} d={d} stroke="currentColor" strokeWidth="20" />
        ))}
        {timbers.map((d) => (
          <path key={d} d={d} className="stroke-brand" strokeWidth="17.4" />
        ))}
      </g>
      <g fontSize="13" fill="currentColor" fontWeight="500">
        {labels.map(({ x, y, text }) => (
          <text key={text} x={x} y={y}>
            {text}
          </text>
        ))}
      </g>
    </svg>
  )
}
