import { createParser } from '/assets/vendor/eventsource-parser/parse.js'

const AGAIN_MS = [500, 1_000, 2_000, 4_000]
const SILENT_MAX_MS = 40_000 // a server says every 15 s that it is still there; one that is frozen does not

/**
 * What is asked for at each connection, and who is told. `refused` is told of an answer that is no stream, with the fields
 * that its problem names: where it says true it asks otherwise by itself, else the same is tried again.
 * @typedef {{ url: string, method?: string, headers?: Record<string, string>, body?: string }} Wish
 * @typedef {{ hear(data: any, id: string | undefined): void, up(): void, down(): void, refused?(status: number, fields: string[]): boolean }} Listener
 */

/**
 * Keeps a stream of server-sent events open, and comes back by itself when the server does. Unlike an `EventSource` it can send
 * a body, in which `ask` says where it was.
 * @param {() => Wish} ask anew at each connection @param {Listener} listener
 * @returns {{ open(): void, close(): void }} `open` begins anew where one is open
 */
export function keepOpen(ask, listener) {
  let connection = new AbortController()
  let failures = 0
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer
  const close = () => {
    clearTimeout(timer)
    connection.abort()
  }
  const open = async () => {
    close()
    connection = new AbortController()
    const { signal } = connection
    const { url, ...request } = ask()
    const onUp = () => {
      failures = 0
      listener.up()
    }
    const refused = await listen(url, { ...request, signal }, onUp, ({ id, data }) => {
      queueMicrotask(() => listener.hear(JSON.parse(data), id)) // what it throws is not the stream's end
    }).catch(() => null) // broken, silent, let go: all the same, it is tried again
    if (signal.aborted || (refused && listener.refused?.(refused.status, refused.fields))) return
    listener.down()
    timer = setTimeout(open, waitMs(failures++))
  }
  return { open: () => void open(), close }
}

/** Not all at once: where a server has died, each of its readers comes back. */
function waitMs(/** @type {number} */ failures) {
  return (AGAIN_MS[Math.min(failures, AGAIN_MS.length - 1)] ?? 0) * (0.75 + Math.random() / 2)
}

/**
 * Reads one stream to its end, null; or answers why there is none. Rejects when it breaks.
 * @param {string} url @param {RequestInit} request @param {() => void} onUp
 * @param {(event: import('eventsource-parser').EventSourceMessage) => void} onEvent
 */
async function listen(url, request, onUp, onEvent) {
  const answer = await fetch(url, { ...request, cache: 'no-store' })
  if (!answer.ok || answer.body === null) return { status: answer.status, fields: await fieldsIn(answer) }
  onUp()
  const parser = createParser({ onEvent })
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
  for (let part = await soon(reader); !part.done; part = await soon(reader)) parser.feed(part.value)
  return null
}

/** What comes next; rejects where that takes too long. @param {ReadableStreamDefaultReader<string>} reader */
async function soon(reader) {
  const timer = setTimeout(() => void reader.cancel(), SILENT_MAX_MS)
  try {
    return await reader.read()
  } finally {
    clearTimeout(timer)
  }
}

/** Which fields of what was asked for are wrong. @param {Response} answer @returns {Promise<string[]>} */
async function fieldsIn(answer) {
  const problem = await answer.json().catch(() => null)
  return (problem?.errors ?? []).map((/** @type {{ field: string }} */ { field }) => field)
}
