import { keepOpen } from './keep-open.js'

/** @import { Listener } from './keep-open.js' */

/**
 * Follows server-sent events for as long as the page is looked at. A hidden page lets go of its connection, for a browser has
 * only six of them to one server.
 * @param {() => string} url asked anew at each connection
 * @param {Listener} listener
 * @returns {{ restart(): void, close(): void }}
 */
export function follow(url, listener) {
  const stream = keepOpen(() => ({ url: url() }), listener)
  const look = () => (document.hidden ? stream.close() : stream.open())
  document.addEventListener('visibilitychange', look)
  if (!document.hidden) stream.open()
  return {
    restart: () => void (document.hidden || stream.open()),
    close: () => {
      document.removeEventListener('visibilitychange', look)
      stream.close()
    },
  }
}
