import { afterEach, describe, expect, it } from '@jest/globals'
import { type Client, openOrders } from '../../services/order/db.ts'
import { type Prices, rememberPrices } from '../../services/order/price-list.ts'
import type { Database } from '../../shared/store/database.ts'
import { OrderRig, problemOf, TOKEN, useOrders } from '../order-rig.ts'
import { until } from '../until.ts'

const orders = useOrders()
const MUG = 'MUG-001'
const BEFORE = 1_800

const others: OrderRig[] = []
afterEach(async () => {
  for (const other of others.splice(0)) await other.shutDown()
})

/** Another process of the service. */
async function startAnother(): Promise<OrderRig> {
  const other = new OrderRig()
  other.join(orders)
  await other.boot()
  others.push(other)
  return other
}

const bearer = { authorization: `Bearer ${TOKEN}` }
const set = (priceCents: unknown, key?: string) =>
  orders.setPrice(MUG, priceCents, { ...bearer, ...(key !== undefined && { 'idempotency-key': key }) })

async function shown(rig: OrderRig = orders): Promise<number> {
  const { products } = Object(await (await rig.get(`/api/products?skus=${MUG}`)).json())
  return products[0].priceCents
}

async function withBooks<T>(look: (db: Database<Client>) => Promise<T>): Promise<T> {
  const db = await openOrders(orders.folder)
  return look(db).finally(db.close)
}
const told = () =>
  withBooks(async ({ read }) => {
    const events = await read.event.findMany({ where: { name: 'price.changed' }, orderBy: { seq: 'asc' } })
    return events.map(({ subject, data }) => ({ subject, ...JSON.parse(data) }))
  })

describe('a price that the admin sets', () => {
  it('is that of the window and of the next order at once, and is told', async () => {
    const placed = Object(await (await orders.order()).json())

    const answer = await set(900)

    expect([answer.status, await answer.json()]).toEqual([
      200,
      { sku: MUG, priceCents: 900, wasCents: BEFORE, currency: 'EUR' },
    ])
    expect(await shown()).toBe(900)
    const { products } = Object(await (await orders.get('/api/products?q=mug')).json())
    expect(products).toMatchObject([{ sku: MUG, priceCents: 900 }])
    expect(Object(await (await orders.order()).json())).toMatchObject({ totalCents: 1_800 })
    expect((await orders.story(placed.id)).totalCents).toBe(3_600)
    expect(await told()).toEqual([{ subject: MUG, priceCents: 900, wasCents: BEFORE, currency: 'EUR', revision: 1 }])
  })

  it('is that of another process within a second or two, and after a restart', async () => {
    const other = await startAnother()
    expect(await shown(other)).toBe(BEFORE)

    await set(1_700)
    await set(1_600)

    await until(async () => (await shown(other)) === 1_600, { what: 'the other process to have read on' })
    await orders.shutDown()
    await orders.boot()
    expect(await shown()).toBe(1_600)
  })

  it('that it has already is no news', async () => {
    const answer = await set(BEFORE)

    expect(Object(await answer.json())).toMatchObject({ priceCents: BEFORE, wasCents: BEFORE })
    expect(await told()).toEqual([])
  })

  it('is set once by one Idempotency-Key, however late it is repeated, and by no other body', async () => {
    const first = await (await set(900, 'autumn')).text()
    await set(1_000, 'winter')

    const again = await set(900, 'autumn')
    const other = await set(901, 'autumn')

    expect([again.status, await again.text()]).toEqual([200, first])
    expect(await shown()).toBe(1_000)
    expect(await problemOf(other)).toMatchObject({ status: 422, fields: ['Idempotency-Key'] })
    expect((await told()).map(({ priceCents, revision }) => [priceCents, revision])).toEqual([
      [900, 1],
      [1_000, 2],
    ])
  })

  it('is one of a product there is, from a cent to what a gateway takes, and set by the admin alone', async () => {
    const wrong = await Promise.all([0, -1, 1.5, 1_000_000, '900'].map((priceCents) => set(priceCents)))
    for (const answer of wrong) expect(await problemOf(answer)).toMatchObject({ status: 422, fields: ['priceCents'] })
    expect(await problemOf(await orders.setPrice('NO-1', 900))).toMatchObject({ status: 404, fields: ['sku'] })
    expect((await orders.setPrice(MUG, 900, {})).status).toBe(401)
    expect([await shown(), await told()]).toEqual([BEFORE, []])
  })
})

describe('a price list in memory', () => {
  it('ends at the newest price when the slower one of two reads knows less', async () => {
    await set(900)
    await withBooks(async ({ read }) => {
      const late: (() => void)[] = []
      const slow: Client = Object.create(read, {
        $queryRaw: {
          value: async (query: TemplateStringsArray, ...values: unknown[]) => {
            const rows = await read.$queryRaw(query, ...values)
            if (query.join().includes('seq >')) await new Promise<void>((resolve) => late.push(resolve))
            return rows
          },
        },
      })
      const prices: Prices = await rememberPrices(slow)
      await set(800)
      const first = prices.readOn()
      await until(() => late.length === 1)
      await set(700)
      const second = prices.readOn()
      await until(() => late.length === 2)

      late[1]?.()
      await second
      late[0]?.()
      await first

      expect(prices.list.get(MUG)?.priceCents).toBe(700)
    })
  })
})
