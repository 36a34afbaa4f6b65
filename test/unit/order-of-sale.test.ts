import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import { v7 as uuidv7 } from 'uuid'
import { catalogue } from '../../shared/catalogue.ts'
import type { EventData } from '../../shared/events.ts'
import type { EventName } from '../../shared/routes.ts'
import { problemOf, results, tell, useOrdersWithRedis } from '../order-rig.ts'
import { until } from '../until.ts'

const orders = useOrdersWithRedis()
const { unpaid, captured, declined, rejected, refunded } = results
const [MUG] = catalogue
const SALE = 's-1'
const MINUTE_MS = 60_000

type Admitted = EventData<'entry.admitted'>

/** That it is somebody's turn. */
const admitted = (id: string, more: Partial<Admitted> = {}) => ({
  name: 'entry.admitted' as const,
  subject: id,
  data: {
    ...{ sale: SALE, sku: MUG?.sku ?? '', unitPriceCents: 500, currency: 'EUR', language: 'zh' as const },
    ...{ customer: { name: 'Ada', email: 'Ada+sale@example.com' }, payWithinMs: MINUTE_MS },
    ...more,
  },
})
const failed = (sale = SALE) => ({ name: 'group.failed' as const, subject: sale, data: { bought: 1 } })

const reaches = (id: string, state: string) =>
  until(async () => (await orders.story(id)).state === state, { what: `${id} to be ${state}` })

/** Lets somebody in, whose order is in the books then. */
async function admit(more: Partial<Admitted> = {}): Promise<string> {
  const id = uuidv7()
  await tell(orders.redis, admitted(id, more))
  await reaches(id, 'placed')
  return id
}

/** The same with the unit set aside. */
async function hold(more: Partial<Admitted> = {}): Promise<string> {
  const id = await admit(more)
  await tell(orders.redis, unpaid(id))
  await reaches(id, 'reserved')
  return id
}

/** What order has said under a name, oldest first. */
function said(name: EventName): Record<string, unknown>[] {
  const events = rows('SELECT subject, data FROM "Event" WHERE name = ? ORDER BY seq', name)
  return events.map(({ subject, data }) => ({ subject, ...JSON.parse(data ?? '') }))
}

/** What stands in the file of orders. */
function rows(sql: string, ...parameters: string[]): Record<string, string>[] {
  const file = new Sqlite(join(orders.folder, 'order.db'), { readonly: true })
  const found = file.prepare(sql).all(parameters).map(Object)
  file.close()
  return found
}

describe('whose turn it is in a sale', () => {
  it('has an order under the entry’s id, at the price of the sale, which is paid later', async () => {
    const before = Date.now()
    const id = await admit({ account: 'ada' })

    const story = await orders.story(id)
    const item = { sku: MUG?.sku, name: MUG?.name, quantity: 1, unitPriceCents: 500 }
    expect(story).toMatchObject({ id, state: 'placed', totalCents: 500, currency: 'EUR', items: [item], sale: SALE })
    expect(Date.parse(story.payBy ?? '') - before).toBeGreaterThanOrEqual(MINUTE_MS)
    expect(Date.parse(story.payBy ?? '') - Date.parse(story.placedAt)).toBe(MINUTE_MS)
    expect(said('order.placed')).toMatchObject([
      {
        ...{ subject: id, number: story.number, sale: SALE, paymentMethod: null, lines: [item], language: 'zh' },
        ...{ account: 'ada', customer: { name: 'Ada', email: 'Ada+sale@example.com' }, totalCents: 500 },
      },
    ])
  })

  it('reads in its timeline where the order comes from, and by which message', async () => {
    const id = uuidv7()
    await tell(orders.redis, { ...admitted(id), id: 'm-1', attempt: 2 })
    await reaches(id, 'placed')

    expect((await orders.story(id)).timeline).toMatchObject([
      ...[{ event: 'entry.admitted', service: 'sale', messageId: 'm-1', attempt: 2, detail: { sale: SALE } }],
      ...[{ event: 'order.placed', service: 'order', state: 'placed', canCancel: true, msSincePlaced: 0 }],
    ])
  })

  it('has one order, and is told of once, however often the entry comes', async () => {
    const [id, other] = [uuidv7(), uuidv7()]
    await tell(orders.redis, admitted(id), admitted(id))
    await reaches(id, 'placed')
    await tell(orders.redis, admitted(id, { unitPriceCents: 1 }), admitted(other))
    await reaches(other, 'placed')

    expect(said('order.placed').map(({ subject }) => subject)).toEqual([id, other])
    expect(Object(await (await orders.admin('orders')).json()).counts.placed).toBe(2)
    expect((await orders.story(id)).timeline).toHaveLength(2)
  })

  it('has what this shop does not know under its own sku', async () => {
    const story = await orders.story(await admit({ sku: 'NEW-1' }))

    expect(story.items).toMatchObject([{ sku: 'NEW-1', name: 'NEW-1' }])
  })

  it('is not remembered where the account it was for is no more', async () => {
    await tell(orders.redis, { name: 'customer.deleted', subject: 'ada', data: { email: '' } })
    await until(() => rows('SELECT id FROM "DeletedAccount"').length === 1, { what: 'the deletion to be noted' })
    await tell(orders.redis, admitted('e-1', { account: 'ada' }))
    await reaches('e-1', 'placed')

    expect(said('order.placed')).toMatchObject([{ account: 'ada', customer: { name: '', email: '' } }])
  })

  it('is told apart from who has placed an order in the shop', async () => {
    const [own, id] = [await orders.place(), await admit()]

    const listed = Object(await (await orders.admin('orders')).json()).orders
    expect(listed).toMatchObject([
      { id, sale: SALE },
      { id: own, sale: null },
    ])
    expect((await orders.story(own)).sale).toBeNull()
    expect(said('order.placed')[0]).not.toHaveProperty('sale')
  })
})

describe('a sale', () => {
  it('is told that an order of it is paid, once, and of no other order', async () => {
    const [id, own] = [await hold(), await orders.place()]
    await orders.pay(id)
    await tell(orders.redis, captured(own), captured(id), captured(id))
    await reaches(id, 'paid')
    await reaches(own, 'paid')

    expect(said('order.paidInSale')).toEqual([{ subject: id, number: (await orders.story(id)).number, sale: SALE }])
  })

  it('is told so, too, when the money was seen only when it went back, or the card after a declined one paid', async () => {
    const [late, second] = [await hold(), await hold()]
    await orders.pay(late)
    await orders.pay(second)
    await tell(orders.redis, refunded(late), captured(late), declined(second, 1))
    await reaches(second, 'declined')
    expect(said('order.paidInSale').map(({ subject }) => subject)).toEqual([late])

    await orders.pay(second)
    await tell(orders.redis, captured(second))
    await reaches(second, 'paid')
    expect(said('order.paidInSale').map(({ subject }) => subject)).toEqual([late, second])
  })

  it('is not told that an order was paid which had ended before', async () => {
    const id = await hold()
    await orders.cancel(id)
    await tell(orders.redis, captured(id), refunded(id))
    await reaches(id, 'refunded')

    expect(said('order.paidInSale')).toEqual([])
  })

  it('is named where one of its orders is cancelled, or expires', async () => {
    const [cancelled, overdue, own] = [await hold(), await hold({ payWithinMs: 1 }), await orders.place()]
    await orders.cancel(cancelled)
    await orders.cancel(own)
    await reaches(overdue, 'expired')

    const ended = [...said('order.expired'), ...said('order.cancelled')]
    expect(ended.map(({ subject, sale }) => [subject, sale])).toEqual([
      [overdue, SALE],
      [cancelled, SALE],
      [own, undefined],
    ])
    expect(ended.every(({ because }) => because === undefined)).toBe(true)
  })

  it('is not to be had by another order: whoever is too late is told so', async () => {
    const id = await hold({ payWithinMs: 1 })
    await reaches(id, 'expired')

    const { payBy } = await orders.story(id)
    expect(await problemOf(await orders.pay(id))).toMatchObject({
      detail: `The time to pay this order is over, and nothing is charged. It could be paid until ${payBy}. It was of a sale, where each buyer has one turn.`,
    })
  })
})

describe('a group that has failed', () => {
  it('has all its orders cancelled that can be, and what was paid is to be refunded', async () => {
    const placed = await admit()
    const [reserved, paying, refused, paid] = [await hold(), await hold(), await hold(), await hold()]
    for (const id of [paying, refused, paid]) await orders.pay(id)
    await tell(orders.redis, declined(refused, 1), captured(paid))
    await Promise.all([reaches(refused, 'declined'), reaches(paid, 'paid')])
    const ids = [placed, reserved, paying, refused, paid]

    await tell(orders.redis, failed())
    for (const id of ids) await reaches(id, 'cancelled')

    expect(said('order.cancelled').map(({ subject, wasPaid }) => [subject, wasPaid])).toEqual(
      ids.map((id) => [id, id === paid]),
    )
    expect(said('order.cancelled')[0]).toMatchObject({ sale: SALE, because: 'groupFailed' })
    expect((await orders.story(paid)).timeline.at(-1)).toMatchObject({
      ...{ event: 'order.cancelled', service: 'order', messageId: null, detail: { because: 'groupFailed' } },
    })
  })

  it('touches no order that has ended, is of another sale, or of none; and cancels once', async () => {
    const [expired, unserved] = [await hold({ payWithinMs: 1 }), await admit()]
    const [open, other, own] = [await hold(), await hold({ sale: 's-2' }), await orders.place()]
    await tell(orders.redis, rejected(unserved))
    await Promise.all([reaches(expired, 'expired'), reaches(unserved, 'rejected')])

    await tell(orders.redis, failed(), failed())
    await reaches(open, 'cancelled')
    await tell(orders.redis, failed(), unpaid(own))
    await reaches(own, 'reserved')

    expect(said('order.cancelled').map(({ subject }) => subject)).toEqual([open])
    expect((await orders.story(other)).state).toBe('reserved')
  })

  it('refuses whoever pays then, and follows up nothing', async () => {
    const id = await hold()
    await tell(orders.redis, failed())
    await reaches(id, 'cancelled')

    expect(await problemOf(await orders.pay(id))).toMatchObject({
      status: 409,
      detail: expect.stringMatching(/^This order is cancelled, .* It was of a sale, where each buyer has one turn\.$/),
    })
    expect(said('order.tendered')).toEqual([])
  })

  it('has an entry that comes late cancelled in the same breath, and nobody is told of its order', async () => {
    await tell(orders.redis, failed())
    const [late, other] = [uuidv7(), uuidv7()]
    await tell(orders.redis, admitted(late), admitted(other, { sale: 's-2' }), admitted(late))
    await reaches(late, 'cancelled')
    await reaches(other, 'placed')

    expect(said('order.placed').map(({ subject }) => subject)).toEqual([other])
    const { number, timeline } = await orders.story(late)
    expect(said('order.cancelled')).toEqual([
      { subject: late, number, wasPaid: false, because: 'groupHadFailed', sale: SALE },
    ])
    expect(timeline.map(({ event, state }) => [event, state])).toEqual([
      ['entry.admitted', 'placed'],
      ['order.cancelled', 'cancelled'],
    ])
  })
})

describe('the orders of a sale', () => {
  it('are found in an index of their own, where no other orders stand', () => {
    const plan = rows(`EXPLAIN QUERY PLAN SELECT id FROM "Order" WHERE sale IN (SELECT value FROM json_each(?))`, '[]')

    expect(plan[0]?.detail).toBe('SEARCH Order USING INDEX Order_sale_idx (sale=?)')
  })
})
