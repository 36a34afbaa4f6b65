import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { awaitPaid, type Placed } from './await-paid.ts'
import { Connections } from './connections.ts'
import { postOf } from './http-connection.ts'
import { orderBody } from './order-bodies.ts'
import { paced } from './pace.ts'
import { serve } from './serve.ts'
import { percentile } from './stats.ts'

/** `url` is where orders are posted. */
export type Customers = { url: string; count: number }
/** Of so many orders a second, one in `followOneIn` is followed. */
export type Crowd = Customers & { perSecond: number; followOneIn: number }
export type Waits = { p50Ms: number; p99Ms: number }

const CONNECTIONS = 64
const PAUSE_MS = 20 // at least; until nobody is busy with the order before
const PAUSE_VARIES_MS = 50 // so that orders do not keep step with any timer of the shop

// Customers in a process of their own: each posts an order and follows its events until it is paid.
serve({ oneByOne, crowd }, async () => {})

/** Each waits until the one before has been served. */
async function oneByOne({ url, count }: Customers): Promise<Waits> {
  const connections = await Connections.open(url, 1)
  const waitsMs: number[] = []
  for (let i = 0; i < count; i++) {
    const sinceMs = performance.now()
    await awaitPaid(url, await place(connections, url, i))
    waitsMs.push(performance.now() - sinceMs)
    await delay(PAUSE_MS + ((i * 17) % PAUSE_VARIES_MS))
  }
  connections.close()
  return waits(waitsMs)
}

/** They come at a steady rate, whatever the shop does; a wait begins when it was the customer's turn to come. */
async function crowd({ url, count, perSecond, followOneIn }: Crowd): Promise<Waits> {
  const connections = await Connections.open(url, CONNECTIONS)
  const waitsMs = await paced(count, perSecond, async (i, dueMs) => {
    const placed = await place(connections, url, i)
    if (i % followOneIn > 0) return []
    await awaitPaid(url, placed)
    return [performance.now() - dueMs]
  })
  connections.close()
  return waits(waitsMs.flat())
}

const placed = z.object({ id: z.string(), key: z.string().optional() })

async function place(connections: Connections, url: string, i: number): Promise<Placed> {
  const { status, body } = await connections.send(postOf(url, orderBody(i)))
  if (status !== 201) throw new Error(`an order was answered with ${status}: ${body}`)
  return placed.parse(JSON.parse(body))
}

function waits(ms: number[]): Waits {
  return { p50Ms: percentile(ms, 0.5), p99Ms: percentile(ms, 0.99) }
}
