import { setTimeout as delay } from 'node:timers/promises'
import { createParser } from 'eventsource-parser'
import { z } from 'zod'
import { limited } from './limited.ts'
import type { Random } from './random.ts'

/** A topic that is watched; the key opens an order. */
export type Watched = { topic: string; key?: string }

/** Where a reader finds the stream, and until when it looks. */
export type Door = { urls: () => readonly string[]; signal: AbortSignal; random: Random; hangsUp: boolean }

/** What one reader was told, by its own count. Times in ms, by our clock. */
export type Heard = {
  watched: readonly Watched[]
  /** When it was let in for the first time; null before. */
  sinceMs: number | null
  /** How often each thing was told, by its topic and what names it there; and when first. */
  told: Map<string, { times: number; atMs: number }>
  /** The newest of what has only a newest, by topic and sku. */
  latest: Map<string, number>
  /** When a topic was last said to begin anew. */
  resetMs: Map<string, number>
  streams: number
  /** How often it came and was not let in. */
  refused: number
  resets: number
}

const AGAIN_MS = 200 // and twice that each time it is not let in: hundreds who ask all the time take what the shop needs
const AGAIN_MAX_MS = 2_000
const HANGS_UP_AFTER_MS = 12_000 // at most
const event = z.object({ topic: z.string(), kind: z.string(), data: z.unknown() })

/** Watches topics until `signal` says to stop, and comes back to where it was whenever its stream ends. */
export async function watchLive(watched: readonly Watched[], door: Door, heard: Heard): Promise<void> {
  let lastId = ''
  let againMs = AGAIN_MS
  while (!door.signal.aborted) {
    const { streams } = heard
    await listen(watched, lastId, door, heard, (id) => {
      lastId = id
    }).catch(() => {}) // refused, cut, or let go: it comes back
    const wasLetIn = heard.streams > streams
    if (!wasLetIn) heard.refused++
    againMs = wasLetIn ? AGAIN_MS : Math.min(2 * againMs, AGAIN_MAX_MS)
    await delay(againMs)
  }
}

/** Who stays is asked to leave by nothing else: what watches a run for each stream would all be kept until its end. */
function patienceOf({ hangsUp, random, signal }: Door): AbortSignal {
  return hangsUp ? limited(signal, random.between(500, HANGS_UP_AFTER_MS)) : signal
}

async function listen(
  watched: readonly Watched[],
  lastId: string,
  door: Door,
  heard: Heard,
  onId: (id: string) => void,
): Promise<void> {
  const headers = { 'content-type': 'application/json', ...(lastId !== '' && { 'last-event-id': lastId }) }
  const url = `${door.random.pick(door.urls())}/api/live`
  const body = JSON.stringify({ topics: watched })
  const answer = await fetch(url, { method: 'POST', headers, body, signal: patienceOf(door) })
  if (answer.status !== 200 || answer.body === null) return void (await answer.body?.cancel())
  heard.streams++
  heard.sinceMs ??= performance.now()
  const parser = createParser({
    onEvent: ({ id, data }) => {
      note(event.parse(JSON.parse(data)), heard)
      if (id !== undefined) onId(id)
    },
  })
  for await (const text of answer.body.pipeThrough(new TextDecoderStream())) parser.feed(text)
}

const named = z.object({ id: z.string() })
const said = z.object({ said: z.int() })
const amount = z.looseObject({ sku: z.string(), available: z.int().optional(), priceCents: z.int().optional() })

function note({ topic, kind, data }: z.infer<typeof event>, heard: Heard): void {
  if (kind === 'reset') {
    heard.resets++
    heard.resetMs.set(topic, performance.now())
  } else if (kind === 'stock.changed' || kind === 'price.changed')
    for (const { sku, available, priceCents } of z.array(amount).parse(data))
      heard.latest.set(`${kind} ${sku}`, available ?? priceCents ?? Number.NaN)
  else count(`${topic} ${nameOf(kind, data)}`, heard)
}

/** What names a thing that happened in its topic. */
function nameOf(kind: string, data: unknown): string {
  if (kind === 'news.posted') return named.parse(data).id
  if (kind === 'room.said') return String(said.parse(data).said)
  return kind
}

function count(what: string, { told }: Heard): void {
  const known = told.get(what)
  if (known === undefined) told.set(what, { times: 1, atMs: performance.now() })
  else known.times++
}

/** Somebody who has heard nothing yet. */
export const nothingHeard = (watched: readonly Watched[]): Heard => ({
  watched,
  ...{ sinceMs: null, told: new Map(), latest: new Map(), resetMs: new Map() },
  ...{ streams: 0, refused: 0, resets: 0 },
})

/** Opens a stream and reads nothing from it, again and again. Returns when told to stop. */
export async function sleepAt(watched: readonly Watched[], { urls, signal, random }: Door): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  while (!signal.aborted) {
    const once = limited(signal, HANGS_UP_AFTER_MS)
    const body = JSON.stringify({ topics: watched })
    await fetch(`${random.pick(urls())}/api/live`, { method: 'POST', headers, body, signal: once })
      .then(() => new Promise((done) => once.addEventListener('abort', done)))
      .catch(() => delay(AGAIN_MS))
  }
}
