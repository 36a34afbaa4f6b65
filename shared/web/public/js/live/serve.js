import { keepOpen } from '../keep-open.js'
import { createHub } from './hub.js'
import { createLine } from './line.js'

/** @import { Ask, LiveEvent } from './hub.js' */
/**
 * What a page says: these topics are wanted under this number, or none any more; and what it is told.
 * @typedef {{ id: number, asks: Ask[] }} Wanted
 * @typedef {{ is: 'here' } | { is: 'event', id: number, event: LiveEvent } | { is: 'live', id: number, live: boolean } | { is: 'refused', id: number, topic: string }} Said
 */

const HERE_MS = 4_000

const hub = createHub((ear) => createLine(ear, keepOpen)) // one for all ports

/** Tells the page at the other end of a port what it has asked for, until it is gone. @param {MessagePort} port */
export function serve(port) {
  /** @type {Map<number, () => void>} */
  const open = new Map()
  const say = (/** @type {Said} */ said) => port.postMessage(said)
  const timer = setInterval(() => say({ is: 'here' }), HERE_MS)
  port.onmessage = (/** @type {MessageEvent<Wanted>} */ { data: { id, asks } }) => {
    open.get(id)?.()
    open.delete(id)
    if (asks.length === 0) return
    const leave = hub.join(asks, {
      hear: (event) => say({ is: 'event', id, event }),
      live: (live) => say({ is: 'live', id, live }),
      refused: (topic) => say({ is: 'refused', id, topic }),
    })
    open.set(id, leave)
  }
  // A page that has crashed says nothing any more; newer browsers tell.
  port.addEventListener('close', () => {
    clearInterval(timer)
    for (const leave of open.values()) leave()
    open.clear()
  })
  say({ is: 'here' })
}
