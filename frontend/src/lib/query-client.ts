import { QueryClient } from '@tanstack/react-query'

import { ApiError } from './api-error'

const RETRIES = 2
const FRESH_MS = 10_000

function isWorthRetrying(error: Error): boolean {
  // A refusal stays a refusal; only a lost connection or a failing server may do better next time.
  return error instanceof ApiError && (error.status === 0 || error.status >= 500)
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (failures, error) => failures < RETRIES && isWorthRetrying(error),
      },
    },
  })
}
