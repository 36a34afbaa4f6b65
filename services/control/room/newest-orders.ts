import type { State } from '../../../shared/states.ts'
import type { Client } from '../../order/db.ts'
import { partOf } from './parts.ts'

const SHOWN = 14

type Wanted = State | null // null: in any state

/** The newest orders of some states, as a part for whoever has not seen it yet. */
export type NewestOrders = { look(wanted: Wanted[]): Promise<(state: Wanted, isNew: boolean) => string[]> }

/** Reads each list once, however many rooms show it. */
export function createNewestOrders(read: Client): NewestOrders {
  let last = new Map<Wanted, string>()
  return {
    look: async (wanted) => {
      const before = last
      last = new Map(await Promise.all(wanted.map(async (state) => [state, await partFor(read, state)] as const)))
      return (state, isNew) => {
        const part = last.get(state)
        return part === undefined || (!isNew && part === before.get(state)) ? [] : [part]
      }
    },
  }
}

async function partFor(read: Client, state: Wanted): Promise<string> {
  const rows = await read.order.findMany({
    where: state === null ? {} : { state },
    select: {
      id: true,
      number: true,
      state: true,
      customerName: true,
      totalCents: true,
      currency: true,
      placedAt: true,
    },
    orderBy: { seq: 'desc' },
    take: SHOWN,
  })
  return partOf('newest', rows)
}
