import type { Emitted } from '../events.ts'
import type { Emit } from '../handler.ts'
import type { Sql } from '../store/database.ts'
import { tellFacts } from './facts.ts'
import { claim } from './inbox.ts'
import { tracing } from './tracing.ts'
import type { Popped, WorkerContext } from './worker-context.ts'

/** A message whose `prepare` is through, with what it found. */
export type Ready = { message: Popped; found: unknown }

/**
 * Applies a batch in one transaction: inbox rows, effects and outbox rows together. Acknowledges after the
 * commit has returned, the copies that took no effect too. Throws, with nothing done, when any one fails.
 */
export async function applyBatch<Client extends Sql>(batch: Ready[], deps: WorkerContext<Client>): Promise<void> {
  const ids = batch.map(({ message }) => message.id)
  const { before, emitted } = await deps.publish(async (tx, emit) => {
    const emitted: Emitted[] = []
    const before = await claim(tx, deps.db.read, ids, 'done', Date.now())
    const fresh = batch.filter(({ message }) => !before.has(message.id))
    const traced = tracing(fresh, (event) => {
      emitted.push(event)
      emit(event)
    })
    await applyFresh(tx, fresh, deps, traced)
    return { before, emitted }
  })
  deps.acknowledger.say(batch.map(({ message: { list, id } }) => [list, id, before.get(id) ?? 'done']))
  tellFacts(batch, emitted, deps)
}

async function applyFresh<Client>(tx: Client, fresh: Ready[], { handlers }: WorkerContext<Client>, emit: Emit) {
  for (const name of new Set(fresh.map(({ message }) => message.name))) {
    const group = fresh.filter(({ message }) => message.name === name)
    await handlers[name]?.apply(tx, group, emit)
  }
}
