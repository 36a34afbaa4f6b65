import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Buyer } from './buyer.ts'
import type { Task } from './task.ts'

const LIMIT_MS = 10_000
const AGAIN_MS = 300
const PATIENCE_MS = 30_000 // of trying: whoever was killed is back before
const PAGE = 1_000

const ticketAnswer = z.object({ ticket: z.string(), key: z.string(), number: z.int(), place: z.int().nullable() })
export type Ticket = z.infer<typeof ticketAnswer>

/** Asks for a ticket, again while nobody answers: it is the same one. Null where it is refused. */
export async function join(task: Task, { email, secret }: Buyer, end: AbortSignal): Promise<Ticket | null> {
  const url = `${task.saleUrl}/api/sales/${task.sale}/entries`
  const headers = { authorization: `Bearer ${task.adminToken}` }
  const answer = await insist(url, headers, { buyer: secret, email, language: 'en' }, end, (status) => status < 429)
  return answer?.status === 202 ? ticketAnswer.parse(answer.body) : null
}

/** Pays for what somebody was let in for, with one card; again until order has made the order and takes it. */
export async function pay(task: Task, { ticket, key }: Ticket, method: string, end: AbortSignal): Promise<boolean> {
  const url = `${task.orderUrl}/api/orders/${ticket}/pay`
  const headers = {
    'order-key': key,
    'idempotency-key': `${ticket}:${method}`,
    authorization: `Bearer ${task.adminToken}`,
  }
  const answer = await insist(url, headers, { method }, end, (status) => status < 300 || status === 410)
  return answer !== null && answer.status < 300
}

/** Where everybody stands, by their tickets. */
export async function positions(task: Task): Promise<Map<string, number>> {
  const places = new Map<string, number>()
  for (let after: number | null = 0; after !== null; ) {
    const url: string = `${task.saleUrl}/api/sales/${task.sale}/entries?after=${after}&limit=${PAGE}`
    const page = entriesPage.parse(await (await fetch(url, { signal: AbortSignal.timeout(LIMIT_MS) })).json())
    for (const { ticket, position } of page.entries) if (position !== null) places.set(ticket, position)
    after = page.next
  }
  return places
}

const entriesPage = z.object({
  entries: z.array(z.object({ ticket: z.string(), position: z.int().nullable() })),
  next: z.int().nullable(),
})

type Answer = { status: number; body: unknown }

/** Asks until an answer is final, or patience or time is over: then null. */
async function insist(
  url: string,
  headers: Record<string, string>,
  body: object,
  end: AbortSignal,
  isFinal: (status: number) => boolean,
): Promise<Answer | null> {
  const lastTry = performance.now() + PATIENCE_MS
  while (!end.aborted && performance.now() < lastTry) {
    const answer = await post(url, headers, body).catch(() => null)
    if (answer !== null && isFinal(answer.status)) return answer
    await delay(AGAIN_MS + Math.random() * AGAIN_MS)
  }
  return null
}

async function post(url: string, headers: Record<string, string>, body: object): Promise<Answer> {
  const all = { 'content-type': 'application/json', ...headers }
  const signal = AbortSignal.timeout(LIMIT_MS)
  const response = await fetch(url, { method: 'POST', headers: all, body: JSON.stringify(body), signal })
  return { status: response.status, body: await response.json() }
}
