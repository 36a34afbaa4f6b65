import { describe, expect, it } from '@jest/globals'
import { type Client, openOrders } from '../../services/order/db.ts'
import { createSweep } from '../../services/order/expire-orders.ts'
import { queueKey } from '../../shared/keys.ts'
import { createLogger } from '../../shared/logger.ts'
import type { Queue } from '../../shared/routes.ts'
import type { Database } from '../../shared/store/database.ts'
import { problemOf, results, tell, useOrdersWithRedis } from '../order-rig.ts'
import { until } from '../until.ts'

const orders = useOrdersWithRedis({ PAY_WITHIN_MS: '1000' })
const { reserved, unpaid, captured, declined, refunded } = results
const log = createLogger('order', 'silent')
const isIn = (id: string, state: string) => async () => (await orders.story(id)).state === state
const reaches = (id: string, state: string) => until(isIn(id, state))

async function placeUnpaid(): Promise<string> {
  const id = await orders.place({ payment: undefined })
  await tell(orders.redis, unpaid(id))
  await reaches(id, 'reserved')
  return id
}

/** Orders that somebody was told have expired. */
async function toldTo(queue: Queue): Promise<string[]> {
  const waiting = await orders.redis.client.lrange(queueKey(queue), 0, -1)
  const told = waiting.map((text) => JSON.parse(text)).filter(({ name }) => name === 'order.expired')
  return told.map(({ subject }) => subject).sort()
}

describe('an order that nobody pays', () => {
  it('expires when its time is over, and all are told who hold something for it', async () => {
    const id = await placeUnpaid()
    const { payBy } = await orders.story(id)

    await reaches(id, 'expired')

    const last = (await orders.story(id)).timeline.at(-1)
    expect(last).toMatchObject({ event: 'order.expired', service: 'order', canPay: false, canCancel: false })
    const lateMs = Date.parse(last?.at ?? '') - Date.parse(payBy ?? '')
    expect(lateMs).toBeGreaterThanOrEqual(0)
    expect(lateMs).toBeLessThan(1_000)
    for (const queue of ['inventory:urgent', 'payment', 'notification'] as const)
      await until(async () => (await toldTo(queue)).join() === id, { what: `${queue} to be told` })
  })

  it('expires, too, when its card was declined and no other one came', async () => {
    const id = await orders.place()
    await tell(orders.redis, reserved(id), declined(id, 1))
    await reaches(id, 'declined')

    await reaches(id, 'expired')
  })

  it('is told why it cannot be paid nor cancelled any more', async () => {
    const id = await placeUnpaid()
    const { payBy } = await orders.story(id)
    await reaches(id, 'expired')

    expect(await problemOf(await orders.pay(id))).toMatchObject({
      status: 409,
      detail: `The time to pay this order is over, and nothing is charged. It could be paid until ${payBy}. Place a new one.`,
    })
    expect(await problemOf(await orders.cancel(id))).toMatchObject({ status: 409 })
  })

  it('stays expired when money comes after all, and is refunded when that has gone back', async () => {
    const id = await placeUnpaid()
    await reaches(id, 'expired')
    await tell(orders.redis, captured(id), refunded(id, { leftCents: 0 }))

    await reaches(id, 'refunded')
    expect((await orders.story(id)).timeline.slice(-2).map(({ state }) => state)).toEqual(['expired', 'refunded'])
  })

  it('that was placed before the service was down expires when it is up', async () => {
    const id = await placeUnpaid()
    const { payBy } = await orders.story(id)
    await orders.shutDown()
    await until(async () => Date.now() > Date.parse(payBy ?? '')) // its time passes, and nobody is there
    await orders.boot()

    await reaches(id, 'expired')
  })
})

describe('an order whose money is under way', () => {
  it('never expires, however long that takes: the gateway decides', async () => {
    const [id, other] = [await placeUnpaid(), await placeUnpaid()]
    expect((await orders.pay(id)).status).toBe(202)
    await reaches(other, 'expired')

    expect((await orders.story(id)).state).toBe('paying')
    await tell(orders.redis, captured(id))
    await reaches(id, 'paid')
    expect(await orders.events(id)).not.toContain('order.expired')
    await until(async () => (await toldTo('payment')).join() === other)
  })

  it('and is declined when its time is over expires then', async () => {
    const [id, other] = [await placeUnpaid(), await placeUnpaid()]
    await orders.pay(id)
    await reaches(other, 'expired')
    await tell(orders.redis, declined(id, 1))

    await reaches(id, 'expired')
  })
})

describe('the sweep', () => {
  const publishTo = (db: Database<Client>, told: string[]) => ({
    read: db.read,
    log,
    publish: <T>(work: (tx: Client, emit: (event: { subject: string }) => void) => Promise<T>) =>
      db.write((tx) => work(tx, ({ subject }) => void told.push(subject))),
  })

  it('of several processes on one file lets each order expire once', async () => {
    await orders.shutDown()
    await orders.boot({ PAY_WITHIN_MS: 60_000 })
    const ids = await Promise.all(Array.from({ length: 30 }, placeUnpaid))
    const told: string[] = []
    const files = [await openOrders(orders.folder), await openOrders(orders.folder), await openOrders(orders.folder)]
    const sweeps = files.map((db) => createSweep({ ...publishTo(db, told), now: () => Date.now() + 120_000 }))

    await Promise.all(sweeps.map((sweep) => sweep()))

    expect(told.sort()).toEqual(ids.sort())
    for (const id of ids) expect(await orders.events(id)).toEqual(['order.placed', 'stock.reserved', 'order.expired'])
    for (const file of files) await file.close()
  })

  it('takes so many at a time, and all of them', async () => {
    const db = await openOrders(orders.folder)
    const told: string[] = []
    const customer = { customerName: 'Ada', customerEmail: 'ada@example.com', paymentMethod: '', tender: 0 }
    const rest = { ...customer, state: 'reserved', totalCents: 1, currency: 'EUR', placedAt: 1 }
    await orders.shutDown()
    await db.write((tx) =>
      tx.order.createMany({ data: Array.from({ length: 1_201 }, (_, i) => ({ ...rest, id: `o-${i}`, payBy: i })) }),
    )
    const passes: number[] = []
    const { publish, ...deps } = publishTo(db, told)
    const counted: typeof publish = async (work) => {
      const before = told.length
      const result = await publish(work)
      passes.push(told.length - before)
      return result
    }

    await createSweep({ publish: counted, ...deps, now: () => 1_200 })()

    expect([passes, new Set(told).size]).toEqual([[500, 500, 201], 1_201])
    await db.close()
  })

  it('finds nothing twice when the clock steps back', async () => {
    const id = await placeUnpaid()
    const db = await openOrders(orders.folder)
    const told: string[] = []
    let now = Date.now() + 60_000
    const sweep = createSweep({ ...publishTo(db, told), now: () => now })
    await sweep()
    now -= 3_600_000
    await sweep()
    now += 7_200_000
    await sweep()

    expect(told).toEqual([id])
    expect(await problemOf(await orders.pay(id))).toMatchObject({ status: 409 })
    await db.close()
  })

  it('looks at nothing but its index, where orders with a good card never stand', async () => {
    const db = await openOrders(orders.folder)
    const plan = await db.read.$queryRaw<{ detail: string }[]>`
      EXPLAIN QUERY PLAN SELECT id, seq FROM "Order"
      WHERE state IN ('reserved', 'declined') AND "payBy" <= ${1} AND (state = 'declined' OR tender = 0)
      LIMIT ${1}`

    expect(plan.map(({ detail }) => detail)).toEqual([
      'SEARCH Order USING INDEX Order_state_payBy_idx (state=? AND payBy<?)',
    ])
    await db.close()
  })
})
