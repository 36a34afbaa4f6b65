import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { type Flow, pay, refuse } from './flow.ts'

const LOOK_MS = 250
const AT_ONCE = 40 // the oldest first, for they are paid first
const ANSWER_LIMIT_MS = 3_000
const LIMIT_MS = 5 * 60_000

const entry = z.object({ event: z.string(), msSincePlaced: z.number() })
const answer = z.object({ state: z.string(), placedAt: z.iso.datetime(), timeline: z.array(entry) })
const NEVER_PAID = ['rejected', 'declined', 'expired', 'cancelled']

type Shop = { url: string; headers: Record<string, string> }

/** Asks order for what it has accepted until each of these is paid, and no more are to come; or until time is over. */
export async function watchPaid(flow: Flow, unpaid: Set<string>, shop: Shop): Promise<void> {
  for (const untilMs = performance.now() + LIMIT_MS; performance.now() < untilMs; await delay(LOOK_MS)) {
    await Promise.all([...unpaid].slice(0, AT_ONCE).map((id) => look(id, flow, unpaid, shop)))
    flow.isOver = flow.isSent && unpaid.size === 0
    if (flow.isOver) return
  }
  flow.isOver = true // what is not paid by now is told as it is
}

async function look(id: string, flow: Flow, unpaid: Set<string>, shop: Shop): Promise<void> {
  const found = await read(id, shop).catch(() => null) // order was killed, and comes back
  if (found === null) return
  const paid = found.timeline.find(({ event }) => event === 'payment.captured')
  if (paid === undefined && !NEVER_PAID.includes(found.state)) return
  unpaid.delete(id)
  if (paid === undefined) refuse(flow, Date.now())
  else pay(flow, Date.parse(found.placedAt) + paid.msSincePlaced, paid.msSincePlaced)
}

async function read(id: string, { url, headers }: Shop) {
  const response = await fetch(`${url}/api/orders/${id}`, { headers, signal: AbortSignal.timeout(ANSWER_LIMIT_MS) })
  return answer.parse(await response.json())
}
