import { setTimeout as delay } from 'node:timers/promises'
import { queuedIn } from './await-rest.ts'
import type { Books } from './books.ts'
import type { Postgres } from './postgres.ts'
import { PromiseBroken } from './promise-broken.ts'
import type { Redis } from './redis-door.ts'
import type { Shop } from './shop.ts'
import { resting } from './work-left.ts'

const ASK_EVERY_MS = 1_000
const ANSWER_LIMIT_MS = 10_000
const REST_LIMIT_MS = 10_000
const QUIET_MS = 1_000
const LOOK_EVERY_MS = 100

export type Ground = { shop: Shop; postgres: Postgres; redis: Redis; books: Books; say(line: string): void }

/**
 * The database is away for long, and comes back with what was committed. Meanwhile everybody who orders must be told to come
 * again, and soon after all that was accepted before must be done. Throws `PromiseBroken` where it is not so.
 */
export async function takeAway(forMs: number, ground: Ground): Promise<void> {
  const { postgres, shop, say } = ground
  await postgres.kill()
  const away = new AbortController()
  const asking = askUntil(away.signal, shop)
  await delay(forMs)
  away.abort()
  const answers = await asking
  await postgres.revive()
  const restMs = await untilQuiet(ground)
  say(
    `PostgreSQL was away for ${seconds(forMs)}: ${answers.length} orders refused with 503, at rest ${seconds(restMs)} after`,
  )
  const wrong = answers.filter((answer) => answer !== REFUSED)
  if (wrong.length > 0) throw new PromiseBroken(`without its database the shop answered an order with ${wrong[0]}`)
  if (restMs > REST_LIMIT_MS) throw new PromiseBroken(`at rest only ${seconds(restMs)} after its database was back`)
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`
const REFUSED = '503, to come again'

/** Orders something now and then. Resolves with what the answers were. */
async function askUntil(over: AbortSignal, shop: Shop): Promise<string[]> {
  const answers: string[] = []
  while (!over.aborted) {
    const answer = await order(shop.url('order'))
    if (!over.aborted) answers.push(answer) // else the database may have been back
    await delay(ASK_EVERY_MS, undefined, { signal: over }).catch(() => {})
  }
  return answers
}

async function order(url: string): Promise<string> {
  const customer = { name: 'Ada', email: 'ada@example.com' }
  const body = { customer, items: [{ sku: 'MUG-001', quantity: 1 }], payment: { method: 'pm_card_visa' } }
  const headers = { 'content-type': 'application/json' }
  const limit = AbortSignal.timeout(ANSWER_LIMIT_MS)
  try {
    const answer = await fetch(`${url}/api/orders`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      signal: limit,
    })
    await answer.text()
    return answer.status === 503 && answer.headers.has('retry-after') ? REFUSED : `${answer.status}`
  } catch (error) {
    return `nothing (${error})`
  }
}

/** Until nothing was left to be done for a while, which is not counted. Resolves with how long it took, in ms. */
async function untilQuiet({ books, redis }: Ground): Promise<number> {
  const startMs = performance.now()
  let quietSinceMs: number | undefined
  for (; performance.now() - startMs < 6 * REST_LIMIT_MS; await delay(LOOK_EVERY_MS)) {
    const now = performance.now()
    const { open, messages } = await books.workSeen()
    const isQuiet = open + messages + (await queuedIn(redis, resting)) === 0
    quietSinceMs = isQuiet ? (quietSinceMs ?? now) : undefined
    if (quietSinceMs !== undefined && now - quietSinceMs >= QUIET_MS) return quietSinceMs - startMs
  }
  return performance.now() - startMs
}
