import { act, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { toast, Toaster } from './toast'

beforeEach(() => {
  vi.useFakeTimers()
  render(<Toaster />)
})

afterEach(() => {
  vi.useRealTimers()
})

it('announces that something was done, and goes by itself', () => {
  act(() => {
    toast.success('Item created.')
  })
  expect(screen.getByRole('status')).toHaveTextContent('Item created.')

  act(() => {
    vi.advanceTimersByTime(5000)
  })
  expect(screen.getByRole('status')).toBeEmptyDOMElement()
})

it('keeps an error until it is dismissed', () => {
  act(() => {
    toast.error('You are still signed in.')
  })
  act(() => {
    vi.advanceTimersByTime(60_000)
  })
  expect(screen.getByRole('status')).toHaveTextContent('You are still signed in.')

  fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }))
  expect(screen.getByRole('status')).toBeEmptyDOMElement()
})
