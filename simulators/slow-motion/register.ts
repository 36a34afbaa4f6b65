import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { insertSteps, type Known, type Place } from './insert-steps.ts'
import { messagesIn } from './messages-in.ts'
import { switchesIn } from './switches.ts'

/*
 * Loaded before a program of the demo: it can be told to stand still for a while at each step of the protocol, to tell of it, and to
 * die there. The sources know nothing of this; it stands where they name a crash point.
 */

const TOLD_PER_S = 60 // under load nobody follows each step
const STANDS_MS = 2_000 // at a stretch: a worker that does not beat for longer is taken for dead
const dist = new URL('../../', import.meta.url)
const root = new URL('../', dist)

let switches = { isTold: false, slowMs: 0, dieAt: null as string | null }
let second = 0
let toldInSecond = 0
let stoodMs = 0

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    const source = url.startsWith(dist.href) ? sourceOf(url) : null
    return source === null
      ? loaded
      : { ...loaded, source: insertSteps(textOf(loaded.source), source.text, source.file) }
  },
})

/** What one of our modules was compiled of, by its path from the root; null where there is nothing to tell, or no sources are at hand. */
function sourceOf(url: string): { file: string; text: string } | null {
  const file = url.slice(dist.href.length).replace(/js$/, 'ts')
  try {
    const text = readFileSync(new URL(file, root), 'utf8')
    return text.includes('// crash point: ') ? { file, text } : null
  } catch {
    return null
  }
}

const textOf = (source: string | ArrayBuffer | NodeJS.TypedArray | null | undefined) =>
  typeof source === 'string' ? source : new TextDecoder().decode(source ?? undefined)

Object.assign(globalThis, {
  orderlineStep: (place: Place, look?: () => Known): void => {
    if (switches.isTold || switches.dieAt !== null) step(place, look)
  },
})

function step(place: Place, look: () => Known = () => ({ messages: null })): void {
  const isLast = place.name === switches.dieAt
  if (isLast || mayTell()) tell(place, look(), isLast)
  if (isLast) process.kill(process.pid, 'SIGKILL')
  if (switches.slowMs > 0) standStill(Math.min(switches.slowMs, STANDS_MS - stoodMs))
}

/** All of the program stands still, as a debugger would hold it. */
function standStill(ms: number): void {
  if (stoodMs === 0) setImmediate(atTimers).unref()
  if (ms > 0) Atomics.wait(stillness, 0, 0, ms)
  stoodMs += ms
}

function tell(place: Place, { messages, queue = null }: Known, isLast: boolean): void {
  const told = { ...place, at: Date.now(), queue, messages: messagesIn(messages), isLast }
  process.send?.({ type: 'step', ...told }, undefined, undefined, () => {}) // the launcher may have gone
}

/** A program that comes to its timers beats, if it is time. */
function atTimers(): void {
  stoodMs = 0
}

const stillness = new Int32Array(new SharedArrayBuffer(4))

function mayTell(): boolean {
  const now = Math.floor(Date.now() / 1_000)
  if (now !== second) toldInSecond = 0
  second = now
  return ++toldInSecond <= TOLD_PER_S
}

process.on('message', (message) => {
  switches = switchesIn(message) ?? switches
})
process.send?.({ type: 'steps?' }) // whoever comes back is told how it is now
