import './app/styles.css'

import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { App } from './app/providers'
import { configureApiClient } from './lib/api-client'

configureApiClient()

const container = document.getElementById('root')
if (!container) throw new Error('index.html has no element with the id "root" to mount on.')
createRoot(container).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
