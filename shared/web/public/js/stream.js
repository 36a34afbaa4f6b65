const AGAIN_MS = [500, 1_000, 2_000, 4_000]

/**
 * Follows server-sent events for as long as the page is looked at, and comes back by itself when the server
 * does. A hidden page lets go of its connection, for a browser has only six of them to one server.
 * @param {() => string} url asked anew at each connection
 * @param {{ hear(data: any): void, up(): void, down(): void }} listener
 * @returns {{ restart(): void, close(): void }}
 */
export function follow(url, listener) {
  /** @type {EventSource | null} */ let source = null
  let failures = 0
  let timer = 0
  const close = () => {
    clearTimeout(timer)
    source?.close()
    source = null
  }
  const open = () => {
    close()
    source = new EventSource(url())
    source.onopen = () => {
      failures = 0
      listener.up()
    }
    source.onmessage = ({ data }) => listener.hear(JSON.parse(data))
    source.onerror = () => {
      close()
      listener.down()
      timer = setTimeout(open, AGAIN_MS[Math.min(failures++, AGAIN_MS.length - 1)])
    }
  }
  const onVisibility = () => (document.hidden ? close() : open())
  document.addEventListener('visibilitychange', onVisibility)
  if (!document.hidden) open()
  return {
    restart: () => (document.hidden ? undefined : open()),
    close: () => {
      document.removeEventListener('visibilitychange', onVisibility)
      close()
    },
  }
}
