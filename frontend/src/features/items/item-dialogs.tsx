import type { ItemPublic } from '@/client'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Dialog } from '@/components/ui/dialog'
import { toast } from '@/components/ui/toast'
import { messageOf } from '@/lib/api-error'

import { useCreateItem, useDeleteItem, useUpdateItem } from './api'
import { ItemForm } from './item-form'

/** What the list's page is busy with, if anything. */
export type ItemTask =
  { kind: 'create' } | { kind: 'edit'; item: ItemPublic } | { kind: 'delete'; item: ItemPublic }

interface ItemDialogProps {
  task: ItemTask
  onClose: () => void
}

export function ItemDialog({ task, onClose }: ItemDialogProps) {
  switch (task.kind) {
    case 'create':
      return <CreateItemDialog onClose={onClose} />
    case 'edit':
      return <EditItemDialog item={task.item} onClose={onClose} />
    case 'delete':
      return <DeleteItemDialog item={task.item} onClose={onClose} />
  }
}

function CreateItemDialog({ onClose }: { onClose: () => void }) {
  const createItem = useCreateItem()
  return (
    <Dialog title="New item" onClose={onClose}>
      <ItemForm
        action="Create item"
        save={async (values) => {
          await createItem.mutateAsync(values)
          toast.success('Item created.')
          onClose()
        }}
        onCancel={onClose}
      />
    </Dialog>
  )
}

interface OneItemDialogProps {
  item: ItemPublic
  onClose: () => void
}

function EditItemDialog({ item, onClose }: OneItemDialogProps) {
  const updateItem = useUpdateItem(item.id)
  return (
    <Dialog title="Edit item" onClose={onClose}>
      <ItemForm
        item={item}
        action="Save item"
        save={async (values) => {
          await updateItem.mutateAsync(values)
          toast.success('Item saved.')
          onClose()
        }}
        onCancel={onClose}
      />
    </Dialog>
  )
}

function DeleteItemDialog({ item, onClose }: OneItemDialogProps) {
  const deleteItem = useDeleteItem()
  return (
    <ConfirmDialog
      title="Delete this item?"
      description={
        <>
          “<span className="font-medium break-words text-foreground">{item.title}</span>” will be
          gone for good.
        </>
      }
      action="Delete item"
      destructive
      pending={deleteItem.isPending}
      error={deleteItem.error ? messageOf(deleteItem.error) : undefined}
      onConfirm={() => {
        deleteItem.mutate(item.id, {
          onSuccess: () => {
            toast.success('Item deleted.')
            onClose()
            // The row, and with it the button that had the focus, is gone.
            document.getElementById('page-title')?.focus()
          },
        })
      }}
      onClose={onClose}
    />
  )
}
