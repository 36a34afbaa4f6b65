import type { Emit } from '../handler.ts'
import type { How } from '../store/database.ts'
import { asStoreFailure } from '../store/store-failure.ts'
import type { Publish } from './outbox.ts'

type Waiting<In, Out> = { item: In; resolve: (out: Out) => void; reject: (error: unknown) => void }

type Work<Client, In, Out> = (tx: Client, items: In[], emit: Emit) => Promise<Out[]>

const MAX_GROUP = 500 // items in one transaction; beyond this a commit gets slow for the first in line

/**
 * Group commit: calls that arrive while a commit is under way share the next one. `work` gets the items of a
 * group in order of arrival and returns one result each, in the same order. When a group fails, and not the
 * database, its items are tried one by one, so that one bad item fails alone.
 */
export function groupCommit<Client, In, Out>(
  publish: Publish<Client>,
  work: Work<Client, In, Out>,
  how?: How,
): (item: In) => Promise<Out> {
  let waiting: Waiting<In, Out>[] = []
  let isBusy = false

  const drain = async () => {
    isBusy = true
    try {
      while (waiting.length > 0) {
        const group = waiting.slice(0, MAX_GROUP)
        waiting = waiting.slice(MAX_GROUP)
        await commit(publish, work, group, how)
      }
    } finally {
      isBusy = false
    }
  }
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      // One turn of the event loop later, so that the requests read in this turn share the first commit.
      if (!isBusy) setImmediate(() => isBusy || drain())
    })
}

/** The same for reads: those asked for in one turn, or while a read is under way, share one query. */
export function groupRead<Client, In, Out>(
  read: Client,
  query: (read: Client, items: In[]) => Promise<Out[]>,
): (item: In) => Promise<Out> {
  return groupCommit((work) => work(read, () => {}), query)
}

async function commit<Client, In, Out>(
  publish: Publish<Client>,
  work: Work<Client, In, Out>,
  group: Waiting<In, Out>[],
  how: How | undefined,
): Promise<void> {
  try {
    const items = group.map(({ item }) => item)
    const results = await publish((tx, emit) => work(tx, items, emit), how)
    for (const [i, { resolve }] of group.entries()) resolve(results[i] as Out)
  } catch (error) {
    const isOfAll = asStoreFailure(error) !== null // to try them one by one would take as many time limits
    if (isOfAll || group.length === 1) return group.forEach(({ reject }) => void reject(error))
    for (const one of group) await commit(publish, work, [one], how)
  }
}
