import { defineConfig } from '@hey-api/openapi-ts'

export default defineConfig({
  input: '../openapi.json',
  output: { path: 'src/client', clean: true },
  plugins: [
    { name: '@hey-api/client-fetch', baseUrl: false, throwOnError: true },
    '@hey-api/typescript',
    { name: '@hey-api/sdk', responseStyle: 'data' },
    // The forms' rules (lengths, formats) come from the API's own description of its bodies.
    { name: 'zod', compatibilityVersion: 'mini', requests: false, responses: false },
  ],
})
