import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'

import { PasswordField, TextAreaField, TextField } from './field'

it('reads the hint out with the field', () => {
  render(<TextField label="Name" hint="As on your passport." />)

  const field = screen.getByRole('textbox', { name: 'Name' })
  expect(field).toHaveAccessibleDescription('As on your passport.')
  expect(field).toBeValid()
})

it('reads the error out in place of the hint', () => {
  render(<TextField label="Name" hint="As on your passport." error="Fill this in." />)

  const field = screen.getByRole('textbox', { name: 'Name' })
  expect(field).toHaveAccessibleDescription('Fill this in.')
  expect(field).toBeInvalid()
})

it('says which field may stay empty', () => {
  render(<TextAreaField label="Notes" optional />)

  expect(screen.getByRole('textbox', { name: /Notes.*Optional/u })).toBeInTheDocument()
})

it('shows a password on request, and hides it again', async () => {
  render(<PasswordField label="Password" />)
  const field = screen.getByLabelText('Password')
  await userEvent.type(field, 'secret')
  expect(field).toHaveAttribute('type', 'password')

  await userEvent.click(screen.getByRole('button', { name: 'Show password' }))
  expect(field).toHaveAttribute('type', 'text')
  expect(field).toHaveValue('secret')

  await userEvent.click(screen.getByRole('button', { name: 'Hide password' }))
  expect(field).toHaveAttribute('type', 'password')
})
