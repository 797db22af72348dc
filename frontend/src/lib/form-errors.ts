import type { FieldValues, Path, UseFormSetError } from 'react-hook-form'

import { ApiError, messageOf } from './api-error'

/**
 * Shows a failed request in its form: each problem at the field that it names, and what names no
 * field of the form above it (`errors.root.server`).
 *
 * `fields` maps the names that the API uses to the form's own.
 */
export function showServerError<Values extends FieldValues>(
  error: unknown,
  setError: UseFormSetError<Values>,
  fields: Partial<Record<string, Path<Values>>>,
): void {
  const elsewhere: string[] = []
  const issues = error instanceof ApiError ? error.issues : []
  let focused = false
  for (const { field, message } of issues) {
    const name = fields[field]
    if (name === undefined) {
      elsewhere.push(message)
      continue
    }
    setError(name, { type: 'server', message }, { shouldFocus: !focused })
    focused = true
  }
  if (elsewhere.length > 0 || issues.length === 0) {
    const message = elsewhere.length > 0 ? elsewhere.join(' ') : messageOf(error)
    setError('root.server', { type: 'server', message })
  }
}
