import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { openOrders } from '../../services/order/db.ts'
import { createSweep } from '../../services/order/expire-orders.ts'
import { createLogger } from '../../shared/logger.ts'
import { results, tell, useOrdersWithRedis } from '../order-rig.ts'
import { until } from '../until.ts'

const orders = useOrdersWithRedis({ PAY_WITHIN_MS: '1000' })
const COUNT = 1_000
const AT_ONCE = 5
const AROUND_MS = 5
const HELD_MS = 4

/** Places an order that is paid around the very end of its time. Resolves with its id and what that was answered. */
async function payAtTheEnd(n: number) {
  const answer = await orders.order({ payment: undefined })
  const { id, payBy } = z.object({ id: z.string(), payBy: z.string() }).parse(await answer.json())
  await tell(orders.redis, results.unpaid(id))
  const pay = async () => {
    await wait(Date.parse(payBy) - Date.now() + (n % (2 * AROUND_MS + 1)) - AROUND_MS)
    return { id, status: (await orders.pay(id)).status }
  }
  return { paid: pay() }
}

describe('the end of the time to pay', () => {
  it(`at which ${COUNT} customers pay, is before or after each of them: never both, never neither`, async () => {
    const other = await openOrders(orders.folder) // a second process at the same books, which only sweeps, all the time
    const nothing = { log: createLogger('order', 'silent'), read: other.read }
    const hold = <T>(done: T) => wait(HELD_MS, done) // or nobody would ever stand in line
    const sweep = createSweep({ ...nothing, publish: (work) => other.write((tx) => work(tx, () => {}).then(hold)) })
    let isOver = false
    const sweeping = (async () => {
      while (!isOver) await sweep().then(() => wait(1))
    })()

    const payments: Promise<{ id: string; status: number }>[] = []
    for (let n = 0; n < COUNT; n += AT_ONCE) {
      const placed = await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => payAtTheEnd(n + i)))
      payments.push(...placed.map(({ paid }) => paid))
    }
    const answers = await Promise.all(payments)
    const waiting = async () => (await other.read.order.count({ where: { state: { in: ['placed', 'reserved'] } } })) > 0
    await until(async () => !(await waiting()), { what: 'all to be paid or expired' })
    isOver = true
    await sweeping

    const entries = await other.read.timelineEntry.findMany()
    const wrong = answers.filter(({ id, status }) => {
      const events = entries.filter(({ orderId }) => orderId === id).map(({ event }) => event)
      const [isTendered, isExpired] = [events.includes('order.tendered'), events.includes('order.expired')]
      return isTendered === isExpired || status !== (isTendered ? 202 : 409)
    })
    expect(wrong).toEqual([])
    const statuses = answers.map(({ status }) => status)
    expect([...new Set(statuses)].sort()).toEqual([202, 409])
    await other.close()
  }, 60_000)
})
