import { useForm } from 'react-hook-form'
import type * as z from 'zod/mini'

import type { ItemPublic } from '@/client'
import { zItemCreate } from '@/client/zod.gen'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { DialogActions } from '@/components/ui/dialog'
import { TextAreaField, TextField } from '@/components/ui/field'
import { showServerError } from '@/lib/form-errors'
import { rulesOf } from '@/lib/validation'

type Values = z.infer<typeof zItemCreate>

interface ItemFormProps {
  /** The item to edit; none for a new one. */
  item?: ItemPublic
  action: string
  save: (values: Values) => Promise<unknown>
  onCancel: () => void
}

export function ItemForm({ item, action, save, onCancel }: ItemFormProps) {
  const { register, handleSubmit, setError, formState } = useForm<Values>({
    resolver: rulesOf(zItemCreate),
    defaultValues: { title: item?.title ?? '', description: item?.description ?? '' },
  })
  const { errors, isSubmitting } = formState

  const submit = handleSubmit(async ({ title, description }) => {
    try {
      await save({ title, description: description?.trim() || null })
    } catch (error) {
      showServerError(error, setError, { title: 'title', description: 'description' })
    }
  })

  return (
    <form noValidate onSubmit={submit} className="space-y-5">
      {errors.root?.server && <Alert>{errors.root.server.message}</Alert>}
      <TextField
        label="Title"
        autoComplete="off"
        error={errors.title?.message}
        {...register('title')}
      />
      <TextAreaField
        label="Description"
        optional
        error={errors.description?.message}
        {...register('description')}
      />
      <DialogActions>
        <Button variant="secondary" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" pending={isSubmitting}>
          {action}
        </Button>
      </DialogActions>
    </form>
  )
}
