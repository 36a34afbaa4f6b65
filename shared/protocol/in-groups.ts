import { setImmediate as nextTurn } from 'node:timers/promises'
import { asStoreFailure } from '../store/store-failure.ts'

const MAX_GROUP = 500 // items in one transaction; beyond this a commit gets slow for the first in line

type Waiting<In, Out> = { item: In; resolve: (out: Out) => void; reject: (error: unknown) => void }
type Work<In, Out> = (items: In[]) => Promise<Out[]>

/**
 * Calls that arrive while `work` is under way share the next one. It gets the items of a group in order of arrival, and
 * returns one result each, in the same order; it does all of a group, or nothing. When a group fails, and not the database, its
 * items are tried one by one, so that one bad item fails alone.
 */
export function inGroups<In, Out>(work: Work<In, Out>): (item: In) => Promise<Out> {
  let waiting: Waiting<In, Out>[] = []
  let isBusy = false
  const drain = async () => {
    while (waiting.length > 0) {
      await nextTurn() // what arrives in the same turn of the event loop shares the group
      const group = waiting.slice(0, MAX_GROUP)
      waiting = waiting.slice(MAX_GROUP)
      await doOrSplit(work, group)
    }
    isBusy = false
  }
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (isBusy) return
      isBusy = true
      void drain()
    })
}

/** Never rejects: each call of the group hears what became of it. */
async function doOrSplit<In, Out>(work: Work<In, Out>, group: Waiting<In, Out>[]): Promise<void> {
  try {
    const results = await work(group.map(({ item }) => item))
    for (const [i, { resolve }] of group.entries()) resolve(results[i] as Out)
  } catch (error) {
    const isOfAll = asStoreFailure(error) !== null // to try them one by one would take as many time limits
    if (isOfAll || group.length === 1) return group.forEach(({ reject }) => void reject(error))
    for (const one of group) await doOrSplit(work, [one])
  }
}
