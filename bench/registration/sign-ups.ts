import { setTimeout as delay } from 'node:timers/promises'
import { Connections } from '../connections.ts'
import { postOf } from '../http-connection.ts'
import { serve } from '../serve.ts'
import { percentile } from '../stats.ts'

/** Where to sign up, how many do, and the number of the first. */
export type SignUps = { url: string; count: number; from: number }
export type Waits = { p50Ms: number; p99Ms: number }

const PAUSE_MS = 20 // at least
const PAUSE_VARIES_MS = 50 // so that they do not keep step with any timer

// Customers in a process of their own: each signs up when the one before has been answered.
serve({ oneByOne }, async () => {})

async function oneByOne({ url, count, from }: SignUps): Promise<Waits> {
  const connections = await Connections.open(url, 1)
  const waitsMs: number[] = []
  for (let n = from; n < from + count; n++) {
    const request = postOf(url, bodyOf(n))
    const sinceMs = performance.now()
    const { status, body } = await connections.send(request)
    waitsMs.push(performance.now() - sinceMs)
    if (status !== 202) throw new Error(`a sign-up was answered with ${status}: ${body}`)
    await delay(PAUSE_MS + ((n * 17) % PAUSE_VARIES_MS))
  }
  connections.close()
  return { p50Ms: percentile(waitsMs, 0.5), p99Ms: percentile(waitsMs, 0.99) }
}

/** What the `n`-th customer types. */
function bodyOf(n: number) {
  const email = `customer.${n}@example.com`
  return {
    name: `Customer ${n}`,
    email,
    password: `correct horse ${n}`,
    phone: `+4917${10_000_000 + n}`,
    language: 'en',
  }
}
