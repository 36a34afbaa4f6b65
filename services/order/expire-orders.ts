import { every, type Loop } from '../../shared/every.ts'
import type { Emit } from '../../shared/handler.ts'
import type { Health } from '../../shared/health.ts'
import type { Logger } from '../../shared/logger.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Client } from './db.ts'
import { numberOf } from './order.ts'
import { PASS_MAX, passOver } from './passes.ts'
import { ofSale } from './sale-orders.ts'
import { type Entry, record } from './timeline.ts'

const SWEEP_MS = 250

type Deps = { publish: Publish<Client>; read: Client; log: Logger; now?: () => number }
type Due = { id: string; seq: number; sale: string | null }

/** Lets orders expire whose time to pay is over: four times a second, and at the start. */
export function expiring(health: Health, deps: Deps): Loop {
  return every(SWEEP_MS, 'orders.expire', health, createSweep(deps))
}

/**
 * Emits `order.expired` for all that wait for their customer in vain. Each pass is one transaction in the service's one
 * line of writes, so a payment comes before it or after it; and where other processes have the same file, one of them
 * finds the order. While nothing is due it only reads, and nobody waits for it.
 */
export function createSweep({ publish, read, log, now = Date.now }: Deps): () => Promise<void> {
  const pass = async () => {
    const expired = await publish((tx, emit) => expireDue(tx, now(), emit))
    for (const { id: subject, seq } of expired) log.info({ subject, order: numberOf(seq) }, 'order.expired')
  }
  return () => passOver(() => dueAt(read, now(), 1), pass)
}

async function expireDue(tx: Client, now: number, emit: Emit): Promise<Due[]> {
  const due = await dueAt(tx, now, PASS_MAX)
  for (const { id, seq, sale } of due)
    emit({ name: 'order.expired', subject: id, data: { number: numberOf(seq), ...ofSale(sale) } })
  await record(
    tx,
    due.map(({ id }) => entryOf(id, now)),
  )
  return due
}

/**
 * The states in the words of the index, which knows no other orders. One that is `reserved` and had its card with it is of
 * a version before: its money is under way.
 */
function dueAt(read: Client, now: number, limit: number): PromiseLike<Due[]> {
  return read.$queryRaw<Due[]>`
    SELECT id, seq, sale FROM "Order"
    WHERE state IN ('reserved', 'declined') AND "payBy" <= ${now} AND (state = 'declined' OR tender = 0)
    LIMIT ${limit}`
}

function entryOf(orderId: string, at: number): Entry {
  const nothing = { messageId: null, attempt: null, detail: null }
  return { orderId, event: 'order.expired', service: 'order', state: 'expired', at, ...nothing }
}
