import type { Sql } from './db.ts'
import type { Emitted, Message } from './events.ts'
import { tellFacts } from './facts.ts'
import type { Emit } from './handler.ts'
import { claim, outcomesOf } from './inbox.ts'
import type { Outcome } from './status.ts'
import type { WorkerContext } from './worker-context.ts'

/** A message whose `prepare` is through, with what it found. */
export type Ready = { message: Message; found: unknown }

/**
 * Applies a batch in one transaction: inbox rows, effects and outbox rows together. Acknowledges after the
 * commit has returned, the copies that took no effect too. Throws, with nothing done, when any one fails.
 */
export async function applyBatch<Client extends Sql>(batch: Ready[], deps: WorkerContext<Client>): Promise<void> {
  const emitted: Emitted[] = []
  const outcomes = await deps.publish(async (tx, emit) => {
    const fresh = await claim(
      tx,
      batch.map(({ message }) => message.id),
      'done',
      Date.now(),
    )
    const traced = tracing(batch, (event) => {
      emitted.push(event)
      emit(event)
    })
    await applyFresh(
      tx,
      batch.filter(({ message }) => fresh.has(message.id)),
      deps,
      traced,
    )
    return outcomesAfter(tx, batch, fresh)
  })
  deps.acknowledger.say(outcomes)
  tellFacts(
    batch.map(({ message }) => message),
    emitted,
    deps,
  )
}

async function applyFresh<Client>(tx: Client, fresh: Ready[], { handlers }: WorkerContext<Client>, emit: Emit) {
  const names = new Set(fresh.map(({ message }) => message.name))
  for (const name of names) {
    const group = fresh.filter(({ message }) => message.name === name)
    await handlers[name]?.apply(tx, group, emit)
  }
}

/** What was not fresh got its final word before, from another worker of this service, and may be dead. */
async function outcomesAfter(tx: Sql, batch: Ready[], fresh: Set<string>): Promise<Map<string, Outcome>> {
  const ids = batch.map(({ message }) => message.id)
  return fresh.size === ids.length ? new Map(ids.map((id) => [id, 'done'])) : outcomesOf(tx, ids)
}

/** Hands the trace of each message on to the events that follow from it. */
function tracing(batch: Ready[], emit: Emit): Emit {
  const traces = new Map(batch.map(({ message }) => [message.orderId, message.traceparent]))
  return (event) => {
    const traceparent = traces.get(event.orderId)
    emit(traceparent === undefined ? event : { ...event, traceparent })
  }
}
