import { createParser } from '/assets/vendor/eventsource-parser/parse.js'

const AGAIN_MS = [500, 1_000, 2_000, 4_000]

/** @typedef {{ hear(data: any): void, up(): void, down(): void }} Listener */

/**
 * Follows server-sent events for as long as the page is looked at, and comes back by itself when the server does, to
 * where it was: what an `EventSource` does, which can send no headers. A hidden page lets go of its connection, for a
 * browser has only six of them to one server.
 * @param {() => string} url asked anew at each connection
 * @param {Listener} listener
 * @param {Record<string, string>} [headers]
 * @returns {{ restart(): void, close(): void }}
 */
export function follow(url, listener, headers = {}) {
  let connection = new AbortController()
  let lastId = ''
  let failures = 0
  let timer = 0
  const close = () => {
    clearTimeout(timer)
    connection.abort()
  }
  const open = async () => {
    close()
    connection = new AbortController()
    const { signal } = connection
    const resumed = lastId === '' ? headers : { ...headers, 'last-event-id': lastId }
    const onUp = () => {
      failures = 0
      listener.up()
    }
    await listen(url(), { headers: resumed, signal }, onUp, ({ id, data }) => {
      lastId = id ?? lastId
      queueMicrotask(() => listener.hear(JSON.parse(data))) // what it throws is not the stream's end
    }).catch(() => {}) // refused, broken, let go: all the same, it is tried again
    if (signal.aborted) return
    listener.down()
    timer = setTimeout(open, AGAIN_MS[Math.min(failures++, AGAIN_MS.length - 1)])
  }
  const onVisibility = () => (document.hidden ? close() : open())
  document.addEventListener('visibilitychange', onVisibility)
  if (!document.hidden) void open()
  return {
    restart: () => {
      lastId = '' // another question, another stream
      if (!document.hidden) void open()
    },
    close: () => {
      document.removeEventListener('visibilitychange', onVisibility)
      close()
    },
  }
}

/**
 * Reads one stream to its end. Rejects when it is refused, and when it breaks.
 * @param {string} url @param {RequestInit} request @param {() => void} onUp
 * @param {(event: import('eventsource-parser').EventSourceMessage) => void} onEvent
 */
async function listen(url, request, onUp, onEvent) {
  const { ok, status, body } = await fetch(url, { ...request, cache: 'no-store' })
  if (!ok || body === null) throw new Error(`the stream was refused with ${status}`)
  onUp()
  const parser = createParser({ onEvent })
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) parser.feed(part.value)
}
