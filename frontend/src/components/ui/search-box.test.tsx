import { render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'

import { SearchBox } from './search-box'

const user = userEvent.setup()

function show(value = '') {
  const onSearch = vi.fn()
  const box = (shown: string) => (
    <SearchBox label="Search items" value={shown} maxLength={10} onSearch={onSearch} />
  )
  const { rerender } = render(box(value))
  return {
    onSearch,
    field: screen.getByRole('searchbox', { name: 'Search items' }),
    change: (next: string) => {
      rerender(box(next))
    },
  }
}

it('reports once, when the typing pauses', async () => {
  const { onSearch, field } = show()
  await user.type(field, ' oak ')
  expect(onSearch).not.toHaveBeenCalled()

  await waitFor(() => {
    expect(onSearch).toHaveBeenCalledExactlyOnceWith('oak')
  })
})

it('reports at once on Enter', async () => {
  const { onSearch, field } = show()
  await user.type(field, 'oak{Enter}')

  expect(onSearch).toHaveBeenCalledExactlyOnceWith('oak')
})

it('is cleared with one press, and keeps the focus', async () => {
  const { onSearch, field } = show('oak')
  await user.click(screen.getByRole('button', { name: 'Clear search' }))

  expect(onSearch).toHaveBeenCalledExactlyOnceWith('')
  expect(field).toHaveValue('')
  expect(field).toHaveFocus()
})

it('takes no more characters than the API does', async () => {
  const { field } = show()
  await user.type(field, 'abcdefghijklmno')

  expect(field).toHaveValue('abcdefghij')
})

it('keeps what was typed while its own report was on its way', async () => {
  const { field, change } = show()
  await user.type(field, 'oa{Enter}k')
  change('oa')

  expect(field).toHaveValue('oak')
})

it('follows a search that changes elsewhere', () => {
  const { field, change } = show('oak')
  change('ash')

  expect(field).toHaveValue('ash')
})
