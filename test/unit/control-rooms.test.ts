import { describe, expect, it } from '@jest/globals'
import type { LogReader } from '../../services/control/room/log.ts'
import { createParts } from '../../services/control/room/parts.ts'
import { createRooms } from '../../services/control/room/rooms.ts'

const PLAIN = { log: '', state: null }

describe('the rooms', () => {
  it('that see the same are told once, however many they are', async () => {
    const { rooms, join, told } = openRooms()
    for (let room = 1; room <= 10; room++) join(room, PLAIN)

    await rooms.tell()
    await rooms.tell()

    expect(told()).toHaveLength(20)
    expect(new Set(told().map(({ event }) => event)).size).toBe(2)
  })

  it('are told everything first, and then what has changed', async () => {
    const { rooms, join, told, values } = openRooms()
    join(1, PLAIN)

    await rooms.tell()
    values.orders = 2
    await rooms.tell()

    expect(told().map(({ what }) => what)).toEqual([
      { isFirst: true, queues: [], orders: 1, newest: 'null', log: 'before ' },
      { orders: 2, log: 'new ' },
    ])
  })

  it('may each look at something else', async () => {
    const { rooms, join, told } = openRooms()
    join(1, PLAIN)
    join(2, { log: 'Payment', state: 'paid' })
    join(3, { log: 'payment', state: 'paid' })

    await rooms.tell()

    expect(told().map(({ room, what }) => [room, what.newest, what.log])).toEqual([
      [1, 'null', 'before '],
      [2, '"paid"', 'before payment'],
      [3, '"paid"', 'before payment'],
    ])
  })

  it('that were opened while logs was away are told the last lines when it is back', async () => {
    const { rooms, join, told, logs } = openRooms()
    logs.isAway = true
    join(1, PLAIN)

    await rooms.tell()
    logs.isAway = false
    await rooms.tell()
    await rooms.tell()

    expect(told().map(({ what }) => what.log)).toEqual([undefined, 'before ', 'new '])
  })

  it('let nobody look when the last one has been left', async () => {
    const { rooms, join, looks } = openRooms()
    rooms.leave(join(1, PLAIN))

    await rooms.tell()

    expect(looks()).toBe(0)
  })
})

/** Rooms with a shop of two parts behind them, and what they were told. */
function openRooms() {
  const events: { room: number; event: Buffer }[] = []
  const values: Record<string, unknown> = { queues: [], orders: 1 }
  const parts = createParts()
  let looks = 0
  const part = (name: string, value: unknown) => [`"${name}":${JSON.stringify(value)}`]
  const logs = { isAway: false }
  const log: LogReader = {
    look: async () => ({
      partsFor: ({ text, isNew }) => {
        if (logs.isAway) return isNew ? null : []
        return part('log', `${isNew ? 'before' : 'new'} ${text}`)
      },
      ...{ facts: {}, away: null },
    }),
  }
  const look = async () => {
    looks++
    const newest = (state: string | null, isNew: boolean) => (isNew ? part('newest', JSON.stringify(state)) : [])
    return { ...parts(values), newest }
  }
  const rooms = createRooms({ picture: { look }, log })
  const join = (room: number, wish: Parameters<typeof rooms.join>[1]) => {
    const stream = { pass: (event: Buffer) => void events.push({ room, event }) }
    rooms.join(stream, wish)
    return stream
  }
  const told = () =>
    events.map(({ room, event }) => ({ room, event, what: JSON.parse(event.toString().slice('data: '.length)) }))
  return { rooms, join, told, looks: () => looks, values, logs }
}
