import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

import { cn } from '@/lib/cn'

import { controlClass } from './control'

interface SearchBoxProps {
  label: string
  value: string
  maxLength: number
  onSearch: (value: string) => void
}

const TYPING_PAUSE_MS = 300

/** A search field that reports once the typing pauses, and at once on Enter or when it is cleared. */
export function SearchBox({ label, value, maxLength, onSearch }: SearchBoxProps) {
  const { text, type, report } = useSearchText(value, onSearch)
  const input = useRef<HTMLInputElement>(null)
  return (
    <form
      role="search"
      className="relative min-w-0 grow sm:max-w-xs"
      onSubmit={(event) => {
        event.preventDefault()
        report(text)
      }}
    >
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted-foreground"
      />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        maxLength={maxLength}
        onChange={(event) => {
          type(event.target.value)
        }}
        className={cn(controlClass, 'h-9 px-9 [&::-webkit-search-cancel-button]:appearance-none')}
      />
      {text && (
        <button
          type="button"
          aria-label="Clear search"
          onClick={() => {
            report('')
            input.current?.focus()
          }}
          className="absolute inset-y-1 right-1 grid w-7 place-items-center rounded-md text-muted-foreground hover:text-foreground"
        >
          <X aria-hidden="true" className="size-4" />
        </button>
      )}
    </form>
  )
}

function useSearchText(value: string, onSearch: (value: string) => void) {
  const [text, setText] = useState(value)
  const [reported, setReported] = useState(value)
  const [seen, setSeen] = useState(value)
  const timer = useRef<number>(undefined)

  // The field follows a value that changed elsewhere (the browser's back button), but not the echo
  // of its own report: by the time that arrives, more may have been typed.
  if (value !== seen) {
    setSeen(value)
    if (value !== reported) {
      setReported(value)
      setText(value)
    }
  }

  useEffect(
    () => () => {
      window.clearTimeout(timer.current)
    },
    [],
  )

  function report(next: string) {
    window.clearTimeout(timer.current)
    setText(next)
    setReported(next.trim())
    onSearch(next.trim())
  }

  function type(next: string) {
    setText(next)
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(() => {
      report(next)
    }, TYPING_PAUSE_MS)
  }

  return { text, type, report }
}
