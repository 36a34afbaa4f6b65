import { describe, expect, it } from '@jest/globals'
import type { LogTail } from '../../services/control/room/log-tail.ts'
import { createParts } from '../../services/control/room/parts.ts'
import { createRooms } from '../../services/control/room/rooms.ts'
import type { Said } from '../../services/order/pages/watcher/messages.ts'

const PLAIN = { log: '', state: null }

describe('the rooms', () => {
  it('that see the same are told once, however many they are', async () => {
    const { rooms, said } = openRooms()
    for (let room = 1; room <= 10; room++) rooms.join(room, PLAIN)

    await rooms.tell()
    await rooms.tell()

    expect(said.map(({ to }) => to.length)).toEqual([10, 10])
  })

  it('are told everything first, and then what has changed', async () => {
    const { rooms, said, values } = openRooms()
    rooms.join(1, PLAIN)

    await rooms.tell()
    values.orders = 2
    await rooms.tell()

    expect(said.map(({ what }) => what)).toEqual([
      { isFirst: true, queues: [], orders: 1, newest: 'null', log: 'before ' },
      { orders: 2, log: 'new ' },
    ])
  })

  it('may each look at something else', async () => {
    const { rooms, said } = openRooms()
    rooms.join(1, PLAIN)
    rooms.join(2, { log: 'Payment', state: 'paid' })
    rooms.join(3, { log: 'payment', state: 'paid' })

    await rooms.tell()

    expect(said.map(({ to, what }) => [to, what.newest, what.log])).toEqual([
      [[1], 'null', 'before '],
      [[2, 3], '"paid"', 'before payment'],
    ])
  })

  it('let nobody look when the last one has been left', async () => {
    const { rooms, said } = openRooms()
    rooms.join(1, PLAIN)
    rooms.leave(1)

    await rooms.tell()

    expect(said).toEqual([])
  })
})

/** Rooms with a shop of two parts behind them, and what they were told. */
function openRooms() {
  const said: { to: number[]; what: Record<string, unknown> }[] = []
  const values: Record<string, unknown> = { queues: [], orders: 1 }
  const parts = createParts()
  const part = (name: string, value: unknown) => [`"${name}":${JSON.stringify(value)}`]
  const tail: LogTail = {
    more: async () => [],
    newsIn: (_lines, filter) => part('log', `new ${filter}`),
    before: async (filter) => part('log', `before ${filter}`),
    lastFacts: () => ({}),
  }
  const rooms = createRooms({
    picture: { look: async () => parts(values) },
    newest: { look: async () => (state, isNew) => (isNew ? part('newest', JSON.stringify(state)) : []) },
    tail,
    say: async (what: Said) => {
      if (what.type === 'seen') said.push({ to: what.rooms, what: JSON.parse(what.json) })
    },
  })
  return { rooms, said, values }
}
