import type { Emitted } from '../events.ts'
import type { Emit } from '../handler.ts'
import { type Queue, queuesOf } from '../routes.ts'
import type { Database, How } from '../store/database.ts'
import type { Sql } from '../store/sql.ts'
import { elementOf } from './element.ts'
import { append, type StoredEvent, storable } from './event-store.ts'
import { insertRows } from './outbox-rows.ts'
import type { Stamps } from './stamps.ts'
import type { Window } from './window.ts'

/** Runs `work` in one transaction with the events it emits, once or more often; after the commit they are pushed. */
export type Publish<Client> = <T>(work: (tx: Client, emit: Emit) => Promise<T>, how?: How) => Promise<T>

type Deps<Client> = {
  db: Pick<Database<Client>, 'write'>
  stamps: Stamps
  windowOf(queue: Queue): Pick<Window, 'isOpen' | 'send' | 'close'>
  /** The lists an event goes to; else those that the table says. */
  listsFor?(event: Emitted): readonly Queue[]
  onRows(queue: Queue): void
}

/**
 * The transactional outbox: state and events are committed together, then the events go out in one LPUSH per list. Where
 * a window is closed they wait on disk, and a push that fails is not an error here: the row stays.
 */
export function createOutbox<Client extends Sql>(deps: Deps<Client>): Publish<Client> {
  const { db, stamps, windowOf, onRows, listsFor = ({ name }) => queuesOf(name) } = deps
  return async (work, how) => {
    const { result, events, stamp, open } = await db.write(async (tx) => {
      const events: Sent[] = []
      const result = await work(tx, (event) => void events.push({ ...storable(event), lists: listsFor(event) }))
      const stamp = stamps.next()
      const open = new Set(queuesAmong(events).filter((queue) => windowOf(queue).isOpen()))
      await enqueue(tx, events, (queue) => (open.has(queue) ? stamp : 0))
      // crash point: before commit
      return { result, events, stamp, open }
    }, how)
    // crash point: after commit
    const sent =
      open.size === 0 ? [] : events.map((event) => ({ ...event, element: elementOf({ ...event, ...FRESH, stamp }) }))
    for (const queue of queuesAmong(events)) {
      onRows(queue)
      const elements = sent.filter(({ lists }) => lists.includes(queue)).map(({ element }) => element)
      if (open.has(queue)) void windowOf(queue).send(elements, stamp)
      else windowOf(queue).close()
    }
    return result
  }
}

type Sent = StoredEvent & { lists: readonly Queue[] }

const queuesAmong = (events: Sent[]): Queue[] => [...new Set(events.flatMap(({ lists }) => lists))]

async function enqueue(tx: Sql, events: Sent[], stampFor: (queue: Queue) => number): Promise<void> {
  if (events.length === 0) return
  const seqs = await append(tx, events)
  const enqueuedAt = Date.now()
  const rows = events.flatMap(({ id, lists }) =>
    lists.map((queue) => ({ event: seqs.get(id) ?? 0, queue, stamp: stampFor(queue), enqueuedAt })),
  )
  await insertRows(tx, rows)
}

const FRESH = { attempt: 1, crashes: 0 }
