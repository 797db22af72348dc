import { standardSchemaResolver } from '@hookform/resolvers/standard-schema'
import * as z from 'zod/mini'

/** The words for a value that a form's rules refuse. They are the same in every form. */
export function messageFor(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'too_small':
      return Number(issue.minimum) <= 1
        ? 'Fill this in.'
        : `Use at least ${String(issue.minimum)} characters.`
    case 'too_big':
      return `Use at most ${String(issue.maximum)} characters.`
    case 'invalid_format':
      return issue.format === 'email'
        ? 'Enter an e-mail address, such as name@example.com.'
        : 'This is not in the right form.'
    case 'invalid_type':
      return 'Fill this in.'
    default:
      return 'This is not valid.'
  }
}

// zod writes functions at run time to be fast; the content security policy forbids that.
z.config({ jitless: true, customError: messageFor })

/** A form's rules from a schema, in the words above. Forms take them from here only. */
export const rulesOf = standardSchemaResolver
