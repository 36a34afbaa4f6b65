import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import { createWatch } from '../../services/control/room/watch.ts'
import { createHealth } from '../../shared/health.ts'
import { createLogger } from '../../shared/logger.ts'
import { services } from '../../shared/routes.ts'
import { useControl } from '../control-rig.ts'
import { Room } from '../room.ts'
import { until } from '../until.ts'

const control = useControl()
const { orders } = control

describe('a control room', () => {
  it('shows what is in the books of order', async () => {
    const id = await orders.place()
    const cancelled = await orders.place()
    await orders.cancel(cancelled)

    const all = await Room.open(control.url)
    const some = await Room.open(control.url, '?state=cancelled')

    await until(() => all.shown().newest && some.shown().newest)
    expect(all.shown()).toMatchObject({
      isFirst: true,
      orders: { placed: 1, cancelled: 1, paid: 0 },
      orderAway: null,
      logAway: { knownAt: null },
      newest: [
        { id: cancelled, state: 'cancelled' },
        { id, number: 'OL-1000001', customerName: 'Ada Lovelace' },
      ],
    })
    await until(() => all.events.some((event) => JSON.parse(event).chart[0]?.placed >= 1), { what: 'the chart' })
    expect(some.shown()).toMatchObject({ newest: [{ id: cancelled }] })
    all.close()
    some.close()
  })

  it('goes on when order is away: shows what it last knew and since when, and comes back by itself', async () => {
    await orders.place()
    const room = await Room.open(control.url)
    await until(() => Object(room.shown().orders).placed === 1)

    await orders.shutDown()

    const away = await until(() => room.shown().orderAway, { what: 'the room to say that order is away' })
    expect(Date.now() - Object(away).knownAt).toBeLessThan(10_000)
    expect(room.shown().orders).toMatchObject({ placed: 1 })

    await orders.boot()
    await orders.place()

    await until(() => room.shown().orderAway === null && Object(room.shown().orders).placed === 2)
    expect(room.isClosed).toBe(false)
    room.close()
  })

  it('that is opened while order is away knows nothing of it, and says so', async () => {
    await orders.shutDown()

    const room = await Room.open(control.url)

    await until(() => room.shown().orderAway)
    expect(room.shown()).toMatchObject({ orders: null, orderAway: { knownAt: null }, chart: [] })
    expect(room.shown().queues).toHaveLength(services.length)
    room.close()
  })

  it('goes on when Redis is away: the books are shown all the same', async () => {
    const room = await Room.open(control.url)
    await until(() => room.events.length > 0)

    await control.redis.kill()
    await orders.place()

    await until(() => room.shown().queues === null && Object(room.shown().orders).placed === 1)
    expect(room.shown().orderAway).toBeNull()
    room.close()
    await control.redis.start()
  })
})

describe('looking', () => {
  it('begins with the first room and ends with the last', async () => {
    const [one, other] = [openWatch(), openWatch()]
    other.enter()

    const leave = [one.enter(), one.enter()]
    await until(() => one.looks() > 2, { what: 'look after look' })
    for (const room of leave) room()
    const [before, since] = [one.looks(), other.looks()]
    await until(() => other.looks() > since + 2, { what: 'the other to have looked meanwhile' })

    expect(one.looks()).toBe(before)
    await other.watch.stop()
  })

  it('is done once at a time, though the last room leaves meanwhile and another comes', async () => {
    const shop = openWatch()
    const letGo = shop.holdUp()
    const leave = shop.enter()
    await until(() => shop.looks() === 1, { what: 'a look to be under way' })

    leave()
    shop.enter()
    await delay(50)
    const meanwhile = shop.looks()
    letGo()

    expect(meanwhile).toBe(1)
    await until(() => shop.looks() > 1, { what: 'the other room to be looked for' })
    await shop.watch.stop()
  })
})

/** A watch over a shop in which nothing happens. */
function openWatch() {
  let looks = 0
  let isFree = Promise.resolve()
  const look = async () => {
    looks++
    await isFree
    return { all: [], changed: [], newest: () => [] }
  }
  const log = { look: async () => ({ partsFor: () => [], facts: {}, away: null }) }
  const watch = createWatch({ picture: { look }, log, health: createHealth(createLogger('test', 'silent')) })
  const enter = () => watch.join({ pass: () => {}, end: () => {} }, { log: '', state: null })
  /** Looks last until the returned function is called. */
  const holdUp = () => {
    let letGo = () => {}
    isFree = new Promise((resolve) => {
      letGo = resolve
    })
    return () => letGo()
  }
  return { watch, enter, holdUp, looks: () => looks }
}
