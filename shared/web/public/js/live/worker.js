import { serve } from './serve.js'

/** Holds the connection to `live` for all pages of a browser. Each of them comes with a port of its own. */
addEventListener('connect', (event) => {
  const [port] = /** @type {MessageEvent} */ (event).ports
  if (port) serve(port)
})
