import type { EventData } from '../../shared/events.ts'
import { every, type Loop } from '../../shared/every.ts'
import type { Emit, Handler } from '../../shared/handler.ts'
import type { Health } from '../../shared/health.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Client } from './db.ts'
import { PASS_MAX, passOver } from './passes.ts'
import { cancellableOf, closeFailed, noteFailed, ofSale, openFailed } from './sale-orders.ts'
import { type Entry, type Known, record } from './timeline.ts'

const SWEEP_MS = 250

/** Why an order was called off that its customer has not cancelled. */
type Because = NonNullable<EventData<'order.cancelled'>['because']>

/**
 * On `group.failed`: cancels the group's orders that can be cancelled, and notes it for those that are still to come. In the
 * service's one line of writes: a payment comes before it, and is refunded by the events that exist, or is refused. Of a large
 * group these are the first; the sweep has the others.
 */
export const callOffGroups: Handler<'group.failed', Client> = {
  says: 'failure.noted',
  async apply(tx, batch, emit) {
    const sales = batch.map(({ message }) => message.subject)
    await noteFailed(tx, sales, Date.now())
    await callOffSome(tx, sales, emit)
  },
}

type Deps = { publish: Publish<Client>; read: Client }

/** Cancels what is left of large groups that have failed, pass by pass. While there is none it only reads, and next to nothing. */
export function callingOff(health: Health, deps: Deps): Loop {
  return every(SWEEP_MS, 'groups.callOff', health, createCallOff(deps))
}

/** The same, once. */
export function createCallOff({ publish, read }: Deps): () => Promise<void> {
  const pass = (sales: string[]) => publish((tx, emit) => callOffSome(tx, sales, emit))
  return () => passOver(() => openFailed(read), pass)
}

async function callOffSome(tx: Client, sales: string[], emit: Emit): Promise<void> {
  const now = Date.now()
  const open = [...(await cancellableOf(tx, sales, PASS_MAX))]
  for (const [id, order] of open) emitCalledOff(id, order, 'groupFailed', emit)
  await record(
    tx,
    open.map(([id]) => calledOff(id, 'groupFailed', now)),
  )
  if (open.length < PASS_MAX) await closeFailed(tx, sales)
}

/** Tells the others that an order of a group is called off. */
export function emitCalledOff(
  subject: string,
  { number, state, sale }: Omit<Known, 'tender'>,
  because: Because,
  emit: Emit,
): void {
  const data = { number, wasPaid: state === 'paid', because, ...ofSale(sale) }
  emit({ name: 'order.cancelled', subject, data })
}

/** The same in its timeline, without a message: that a group has failed is one for all of its orders. `at` in ms. */
export function calledOff(orderId: string, because: Because, at: number): Entry {
  const told = { messageId: null, attempt: null, detail: { because } }
  return { orderId, event: 'order.cancelled', service: 'order', state: 'cancelled', at, ...told }
}
