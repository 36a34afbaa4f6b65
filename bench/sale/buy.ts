import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { entryBody } from '../entry-bodies.ts'
import type { Ticket } from './words.ts'

const LIMIT_MS = 10_000

const joined = z.object({ ticket: z.string(), key: z.string() })
const standing = z.object({ state: z.enum(['joined', 'waiting', 'admitted', 'bought', 'gone', 'refused']) })

/** Joins a sale as the `n`-th customer. Null when it is over. Throws when there is no answer, or none that says anything. */
export async function join(saleUrl: string, n: number): Promise<Ticket | null> {
  const answer = await post(`${saleUrl}/entries`, entryBody(n), {})
  if (answer.status === 409) return null
  return joined.parse(await bodyOf(answer, 202))
}

/** How things stand for somebody who holds a ticket. Throws as `join` does. */
export async function standingOf(saleUrl: string, { ticket, key }: Ticket): Promise<z.infer<typeof standing>['state']> {
  const headers = { 'order-key': key }
  const answer = await fetch(`${saleUrl}/entries/${ticket}`, { headers, signal: AbortSignal.timeout(LIMIT_MS) })
  return standing.parse(await bodyOf(answer, 200)).state
}

/** Pays the order of somebody who was admitted. False while it cannot be paid, because it is not there yet or is being paid. */
export async function pay(shopUrl: string, { ticket, key }: Ticket): Promise<boolean> {
  const own = { 'order-key': key, 'idempotency-key': randomUUID() }
  const answer = await post(`${shopUrl}/api/orders/${ticket}/pay`, { method: 'pm_card_visa' }, own)
  await answer.arrayBuffer()
  return answer.status === 202
}

function post(url: string, body: unknown, own: Record<string, string>): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...own }
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(LIMIT_MS) })
}

async function bodyOf(answer: Response, wanted: number): Promise<unknown> {
  if (answer.status === wanted) return answer.json()
  throw new Error(`${answer.url} answered with ${answer.status}: ${await answer.text()}`)
}
