import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import {
  itemsCreate,
  itemsDelete,
  itemsList,
  itemsUpdate,
  type ItemCreate,
  type ItemUpdate,
} from '@/client'
import { listSearchReader } from '@/lib/list-search'

export const readItemsSearch = listSearchReader(
  ['title', '-title', 'created_at', '-created_at', 'updated_at', '-updated_at'],
  '-created_at',
)

export type ItemsSearch = ReturnType<typeof readItemsSearch>

const itemsKey = ['items']

export function itemsQuery(search: ItemsSearch) {
  return queryOptions({
    queryKey: [...itemsKey, search],
    queryFn: ({ signal }) => itemsList({ query: search, signal }),
    placeholderData: keepPreviousData,
  })
}

/** Every change to an item can move it to another page or another place, so all lists are old then. */
function useItemMutation<Variables, Result>(mutationFn: (variables: Variables) => Promise<Result>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: itemsKey }),
  })
}

export function useCreateItem() {
  return useItemMutation((body: ItemCreate) => itemsCreate({ body }))
}

export function useUpdateItem(id: string) {
  return useItemMutation((body: ItemUpdate) => itemsUpdate({ path: { item_id: id }, body }))
}

export function useDeleteItem() {
  return useItemMutation((id: string) => itemsDelete({ path: { item_id: id } }))
}
