import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Room } from '../room.ts'
import { Shop } from '../shop.ts'
import { until } from '../until.ts'

describe('watching the shop', () => {
  let shop: Shop
  const enter = (query?: string) => Room.open(shop.urlOf('control'), query)
  const enterFromShop = () => Room.open(shop.urlOf('order'))
  const states = (room: Room) => Object(room.shown().scene).processes as { name: string; state: string }[]
  const stateOf = (room: Room, name: string) => states(room)?.find((process) => process.name === name)?.state

  beforeAll(async () => {
    shop = await Shop.open()
  })
  afterAll(() => shop?.close())

  it('has a verdict for the first who looks', async () => {
    await until(() => existsSync(join(shop.dataDir, 'demo-verdict.json')), {
      what: 'the first audit',
      timeoutMs: 40_000,
    })
    const killed = shop.pid('services/control')
    shop.kill('services/control')
    await until(() => started(shop) !== killed, { what: 'control to be back', timeoutMs: 40_000 })

    const room = await until(enter, { what: 'a room to be let in' })

    await until(() => room.events.length > 0)
    expect(JSON.parse(room.events[0] ?? '').audit).toMatchObject({ lost: 0, oversold: 0, doubleCharged: 0 })
    room.close()
  })

  it('shows ten rooms the same', async () => {
    const rooms = await Promise.all(Array.from({ length: 10 }, () => enter()))
    await Promise.all(rooms.map((room) => until(() => room.events.length > 0)))

    const id = await shop.place()

    const about = await Promise.all(rooms.map((room) => until(() => room.events.find((event) => event.includes(id)))))
    expect(new Set(about).size).toBe(1)
    for (const room of rooms) room.close()
  })

  it('misses no line about one order while hundreds are running', async () => {
    const id = await shop.place()
    const room = await enter(`?log=${id}`)

    await Promise.all([shop.placeMany(300), shop.cancel(id)])

    await shop.reaches('refunded', id)
    const about = () => room.lines().filter((line) => JSON.parse(line).subject === id) // the gateway tells of it, too
    await until(() => about().length === shop.factsOf(id).length, {
      what: 'every line about the order',
      timeoutMs: 40_000,
    })
    room.close()
  })

  it('goes on while order is killed, and shows it dead and back', async () => {
    const room = await enter()
    await until(() => room.shown().orders)

    shop.kill('services/order')

    await until(() => room.shown().orderAway, { what: 'the room to say that order is away', everyMs: 5 })
    await until(() => room.shown().orderAway === null, { what: 'order to be back' })
    const id = await shop.place()
    await until(() => room.events.find((event) => event.includes(id)))
    expect(room.isClosed).toBe(false)
    room.close()
  })

  it('goes on while order is stopped and started from the room, at the address of the room', async () => {
    const room = await enter()
    await until(() => stateOf(room, 'order') === 'up')

    await shop.demo({ action: 'stop', name: 'order' })

    await until(() => stateOf(room, 'order') === 'stopped' && room.shown().orderAway)
    await shop.demo({ action: 'start', name: 'order' })
    await until(() => stateOf(room, 'order') === 'up' && room.shown().orderAway === null)
    expect(room.isClosed).toBe(false)
    room.close()
  })

  it('from the shop’s address ends when control is killed, and goes on when it is back', async () => {
    const room = await enterFromShop()
    await until(() => room.events.length > 0)

    shop.kill('services/control')
    await until(() => room.isClosed)

    const next = await until(enterFromShop, { what: 'a room to be let in again' })
    await until(() => next.events[0]?.includes('"isFirst":true'))
    next.close()
  })

  it('is not stopped from the room, for nobody could start it again', async () => {
    const answer = await shop.demo({ action: 'stop', name: 'control' })

    expect(answer.status).toBe(422)
  })

  it('shows orders that are placed while order is killed: each is accepted once', async () => {
    const room = await enter()
    await until(() => Object(room.shown().orders).paid)
    const before = Object(room.shown().orders)

    await shop.demo({ action: 'place', count: 200 })
    await until(() => Object(room.shown().scene).burst?.accepted > 20)
    shop.kill('services/order')

    const placed = await until(() => shop.fact('control', 'demo.placed'), { timeoutMs: 40_000 })
    expect(placed).toMatchObject({ wanted: 200, accepted: 200, failed: 0 })
    const total = (orders: Record<string, number>) => Object.values(orders).reduce((sum, count) => sum + count, 0)
    await until(() => total(Object(room.shown().orders)) === total(before) + 200)
    room.close()
  })
})

/** The pid of control; undefined while it is down. */
function started(shop: Shop): number | undefined {
  try {
    return shop.pid('services/control')
  } catch {
    return undefined // between two lives
  }
}
