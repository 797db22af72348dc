import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'

import { buildItem } from '@/testing/factories'
import { answer, api, at, refusal } from '@/testing/handlers'
import { openSignedIn } from '@/testing/render-app'

beforeEach(() => {
  api.items = Array.from({ length: 45 }, (_, index) =>
    buildItem({ title: `Item ${String(index + 1)}` }),
  )
})

async function openItems(address = '/items') {
  const app = await openSignedIn(address)
  await screen.findByRole('table', { name: 'Items' })
  return app
}

function shownTitles(): (string | null)[] {
  const [, ...rows] = screen.getAllByRole('row')
  return rows.map((row) => within(row).getAllByRole('button')[0]?.textContent ?? null)
}

function lastListRequest(): string | undefined {
  return api.requests.findLast((request) => request.startsWith('GET /items'))
}

it('pages on the server, and keeps the page in the address', async () => {
  const { user, address } = await openItems()
  expect(shownTitles()).toHaveLength(20)
  expect(screen.getByText('Page 1 of 3')).toBeInTheDocument()

  await user.click(screen.getByRole('button', { name: 'Next page' }))

  await waitFor(() => {
    expect(shownTitles()[0]).toBe('Item 21')
  })
  expect(address()).toBe('/items?page=2')
})

it('opens the page that the address names', async () => {
  await openItems('/items?page=3')

  expect(shownTitles()).toEqual(['Item 41', 'Item 42', 'Item 43', 'Item 44', 'Item 45'])
  expect(screen.getByRole('button', { name: 'Next page' })).toBeDisabled()
})

it('goes to the last page when the address names one beyond it', async () => {
  const { address } = await openItems('/items?page=9')

  await waitFor(() => {
    expect(address()).toBe('/items?page=3')
  })
  await screen.findByText('Item 45')
})

it('sorts by a column, then the other way round', async () => {
  const { user, address } = await openItems('/items?page=2')
  const title = within(screen.getByRole('columnheader', { name: 'Title' })).getByRole('button')

  await user.click(title)
  await waitFor(() => {
    expect(address()).toBe('/items?sort=title')
  })
  expect(screen.getByRole('columnheader', { name: 'Title' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  )

  await user.click(title)
  await waitFor(() => {
    expect(address()).toBe('/items?sort=-title')
  })
  expect(lastListRequest()).toContain('sort=-title')
})

it('searches on the server and starts at the first page', async () => {
  const { user, address } = await openItems('/items?page=2')
  await user.type(screen.getByRole('searchbox', { name: 'Search items' }), 'item 4{Enter}')

  await waitFor(() => {
    expect(shownTitles()).toEqual([
      'Item 4',
      'Item 40',
      'Item 41',
      'Item 42',
      'Item 43',
      'Item 44',
      'Item 45',
    ])
  })
  expect(address()).toBe('/items?search=item+4')
})

it('says that nothing matches, and clears the search', async () => {
  const { user } = await openSignedIn('/items?search=zeppelin')
  expect(await screen.findByText('No items match “zeppelin”')).toBeInTheDocument()

  await user.click(screen.getAllByRole('button', { name: 'Clear search' })[0] ?? document.body)

  expect(await screen.findByRole('table', { name: 'Items' })).toBeInTheDocument()
})

it('says that its rows are on their way', async () => {
  answer(http.get(at('/items'), () => new Promise<never>(() => undefined)))
  await openSignedIn('/items')

  expect(await screen.findByText('Loading items…')).toBeInTheDocument()
})

it('says why the rows did not come, and tries again', async () => {
  answer(http.get(at('/items'), () => refusal(403, 'This needs items:read.'), { once: true }))
  const { user } = await openSignedIn('/items')
  expect(await screen.findByRole('alert')).toHaveTextContent('This needs items:read.')

  await user.click(screen.getByRole('button', { name: 'Try again' }))

  expect(await screen.findByRole('table', { name: 'Items' })).toBeInTheDocument()
})

it('creates the first item', async () => {
  api.items = []
  const { user } = await openSignedIn('/items')
  await user.click(await screen.findByRole('button', { name: 'Create the first item' }))
  const dialog = screen.getByRole('dialog', { name: 'New item' })
  await user.type(within(dialog).getByLabelText('Title'), 'Oil the hinges')
  await user.click(within(dialog).getByRole('button', { name: 'Create item' }))

  expect(await screen.findByText('Item created.')).toBeInTheDocument()
  expect(dialog).not.toBeInTheDocument()
  await waitFor(() => {
    expect(shownTitles()).toEqual(['Oil the hinges'])
  })
})

it('edits an item, which it finds filled in', async () => {
  const { user } = await openItems()
  await user.click(screen.getByRole('button', { name: 'Item 1' }))
  const title = within(screen.getByRole('dialog', { name: 'Edit item' })).getByLabelText('Title')
  expect(title).toHaveValue('Item 1')
  await user.type(title, ' of many{Enter}')

  expect(await screen.findByText('Item saved.')).toBeInTheDocument()
  expect(await screen.findByRole('button', { name: 'Item 1 of many' })).toBeInTheDocument()
})

it('shows at its field what the server refuses', async () => {
  const detail = [{ type: 'x', loc: ['body', 'title'], msg: 'This title is reserved.' }]
  answer(http.post(at('/items'), () => HttpResponse.json({ detail }, { status: 422 })))
  const { user } = await openItems()
  await user.click(screen.getByRole('button', { name: 'New item' }))
  const title = screen.getByLabelText('Title')
  await user.type(title, 'admin{Enter}')

  expect(await screen.findByText('This title is reserved.')).toBeInTheDocument()
  expect(title).toHaveAccessibleDescription('This title is reserved.')
})

it('deletes an item only after asking', async () => {
  const { user } = await openItems()
  await user.click(screen.getByRole('button', { name: 'Actions for Item 1' }))
  await user.click(screen.getByRole('menuitem', { name: 'Delete' }))
  const dialog = screen.getByRole('alertdialog', { name: 'Delete this item?' })
  expect(dialog).toHaveAccessibleDescription('“Item 1” will be gone for good.')
  await user.click(within(dialog).getByRole('button', { name: 'Cancel' }))
  expect(api.items).toHaveLength(45)

  await user.click(screen.getByRole('button', { name: 'Actions for Item 1' }))
  await user.click(screen.getByRole('menuitem', { name: 'Delete' }))
  await user.click(screen.getByRole('button', { name: 'Delete item' }))

  expect(await screen.findByText('Item deleted.')).toBeInTheDocument()
  await waitFor(() => {
    expect(shownTitles()[0]).toBe('Item 2')
  })
  expect(screen.getByRole('heading', { name: 'Items' })).toHaveFocus()
})

it('says in the dialog why an item could not be deleted', async () => {
  answer(http.delete(at('/items/:id'), () => refusal(404, 'This item does not exist.')))
  const { user } = await openItems()
  await user.click(screen.getByRole('button', { name: 'Actions for Item 1' }))
  await user.click(screen.getByRole('menuitem', { name: 'Delete' }))
  await user.click(screen.getByRole('button', { name: 'Delete item' }))

  expect(await screen.findByRole('alert')).toHaveTextContent('This item does not exist.')
})
