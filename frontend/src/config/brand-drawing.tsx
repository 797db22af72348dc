// The left half; the right one is its mirror image.
const halves = [
  // Strut, from the foot of the post to the middle of the rafter.
  'M299 287 L208.500 226.500 L193 239 L299 307 Z',
  // Rafter, from the tie beam to the head of the post.
  'M52 330 L298 131.300 L298 162.700 L91 330 Z',
  // The wall under the tie beam.
  'M54 354 V400 M92 354 V400',
]

// In the order in which the carpenter lays them: what comes later covers what came before.
const tieBeam = 'M34 330 H606 V354 H34 Z'
const post =
  'M298 113 Q298 107 304 107 H336 Q342 107 342 113 V166 L332 182 V262 L342 278 V330 H298 V278 L308 262 V182 L298 166 Z'

const pegs = [
  [309, 142],
  [331, 142],
  [309, 297],
  [331, 297],
] as const

const names = [
  { text: 'King post', x: 402, y: 118, line: 'M397 114 H372 L336 214' },
  { text: 'Rafter', x: 88, y: 178, line: 'M112 186 L138 258' },
  { text: 'Strut', x: 432, y: 316, line: 'M428 310 L398 268' },
  { text: 'Tie beam', x: 126, y: 384, line: 'M150 370 L162 346' },
]

/** A king post truss as a carpenter draws it. Decoration: it says nothing that the text does not. */
export function BrandDrawing() {
  return (
    <svg
      viewBox="0 0 640 480"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.25"
      strokeLinejoin="round"
      className="relative m-auto w-full max-w-[44rem] px-10 text-brand-line"
    >
      <g className="fill-brand">
        {['', 'translate(640 0) scale(-1 1)'].map((mirror) => (
          <g key={mirror} transform={mirror}>
            {halves.map((d) => (
              <path key={d} d={d} />
            ))}
          </g>
        ))}
        <path d={tieBeam} />
        <path d={post} />
        {pegs.map(([x, y]) => (
          <circle key={`${String(x)} ${String(y)}`} cx={x} cy={y} r="3" />
        ))}
      </g>
      <g opacity="0.55">
        <path d="M320 60 V424" strokeDasharray="14 4 2 4" />
        <path d="M34 438 H606 M34 430 V446 M320 430 V446 M606 430 V446" />
        <path d="M29 443 L39 433 M315 443 L325 433 M601 443 L611 433" />
        {names.map(({ text, line }) => (
          <path key={text} d={line} />
        ))}
      </g>
      {/* The wide outline in the ground's colour keeps the dots and lines off the letters. */}
      <g
        fill="currentColor"
        strokeWidth="7"
        paintOrder="stroke"
        fontSize="13"
        fontWeight="500"
        className="stroke-brand"
      >
        {names.map(({ text, x, y }) => (
          <text key={text} x={x} y={y}>
            {text}
          </text>
        ))}
      </g>
    </svg>
  )
}
