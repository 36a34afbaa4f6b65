import { serve } from './live/serve.js'

/** @import { Ask, LiveEvent } from './live/hub.js' */
/** @import { Said } from './live/serve.js' */
/**
 * Whoever watches topics. `hear` may be told again what it knows: a page that was hidden begins anew. `live` says whether
 * what is shown is of this moment, and `refused` that there is no such topic, or none for this visitor.
 * @typedef {{ hear(event: LiveEvent): void, live?(is: boolean): void, refused?(topic: string): void }} Watcher
 */

const SILENT_MS = 12_000 // whoever holds the connection says each 4 s that it is there
const LOOK_MS = 2_000

/** @type {Map<number, { asks: Ask[], watcher: Watcher }>} */
const watched = new Map()
/** @type {MessagePort | null} */ let port = null
let count = 0
let heardAt = 0
let lookedAt = 0
let canShare = typeof SharedWorker === 'function'

/**
 * Tells what is new of topics, for as long as the page is looked at. All pages of a browser have one connection together,
 * which a shared worker holds; where there is none, each page has its own.
 * @param {Ask[]} asks @param {Watcher} watcher @returns {{ close(): void }}
 */
export function watch(asks, watcher) {
  const id = ++count
  watched.set(id, { asks, watcher })
  if (!document.hidden) link().postMessage({ id, asks })
  return {
    close: () => {
      watched.delete(id)
      port?.postMessage({ id, asks: [] })
    },
  }
}

document.addEventListener('visibilitychange', () => (document.hidden ? rest() : begin()))
setInterval(() => {
  const now = Date.now()
  if (now - lookedAt > SILENT_MS) heardAt = now // this machine has slept, and so has the worker
  lookedAt = now
  if (port !== null && canShare && !document.hidden && now - heardAt > SILENT_MS) goAlone()
}, LOOK_MS)

function begin() {
  heardAt = Date.now()
  for (const [id, { asks }] of watched) link().postMessage({ id, asks })
}

/** A page that nobody sees asks for nothing. */
function rest() {
  for (const id of watched.keys()) port?.postMessage({ id, asks: [] })
}

function link() {
  if (port !== null) return port
  port = canShare ? sharedPort() : ownPort()
  port.onmessage = ({ data }) => hear(data)
  heardAt = Date.now()
  return port
}

function sharedPort() {
  const worker = new SharedWorker('/assets/js/live/worker.js', { type: 'module', name: 'live 1' }) // another number where it speaks otherwise
  worker.onerror = goAlone
  return worker.port
}

function ownPort() {
  const { port1, port2 } = new MessageChannel()
  serve(port2)
  return port1
}

/** The worker does not come up, or has died: this page has its own connection. */
function goAlone() {
  canShare = false
  port?.close()
  port = null
  for (const { watcher } of watched.values()) watcher.live?.(false)
  if (!document.hidden) begin()
}

function hear(/** @type {Said} */ said) {
  heardAt = Date.now()
  const watcher = said.is === 'here' ? undefined : watched.get(said.id)?.watcher
  if (watcher === undefined || said.is === 'here' || document.hidden) return
  if (said.is === 'event') watcher.hear(said.event)
  else if (said.is === 'live') watcher.live?.(said.live)
  else watcher.refused?.(said.topic)
}
