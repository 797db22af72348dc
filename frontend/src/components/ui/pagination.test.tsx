import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'

import { Pagination } from './pagination'

function show(page: number, total: number) {
  const onChange = vi.fn()
  render(<Pagination page={page} size={20} sizes={[20, 50]} total={total} onChange={onChange} />)
  return onChange
}

it.each([
  [1, 1, '1–1 of 1'],
  [2, 45, '21–40 of 45'],
  [3, 45, '41–45 of 45'],
  [1, 12_345, '1–20 of 12,345'],
])('says on page %i of %i rows: %s', (page, total, words) => {
  show(page, total)

  expect(
    screen.getByText((_, element) => element?.textContent === words && element.tagName === 'P'),
  ).toBeInTheDocument()
})

it('has no page before the first and none after the last', () => {
  show(1, 20)

  expect(screen.getByRole('button', { name: 'Previous page' })).toBeDisabled()
  expect(screen.getByRole('button', { name: 'Next page' })).toBeDisabled()
})

it('goes to the next page and back', async () => {
  const onChange = show(2, 60)

  await userEvent.click(screen.getByRole('button', { name: 'Next page' }))
  expect(onChange).toHaveBeenLastCalledWith({ page: 3, size: 20 })

  await userEvent.click(screen.getByRole('button', { name: 'Previous page' }))
  expect(onChange).toHaveBeenLastCalledWith({ page: 1, size: 20 })
})

it('starts again at the first page when a page gets longer', async () => {
  const onChange = show(3, 60)

  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Rows on a page' }), '50')

  expect(onChange).toHaveBeenLastCalledWith({ page: 1, size: 50 })
})
