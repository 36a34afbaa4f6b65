import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ORDERS_ALONE, Shop } from '../shop.ts'
import { until } from '../until.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open({ ...ORDERS_ALONE, PAY_WITHIN_MS: '2000' })
})
afterAll(() => shop.close())

const items = [{ sku: 'LMP-001', quantity: 2 }]
const eventsOf = async (id: string) => (await shop.order(id)).timeline.map(({ event }) => event)
const linesOf = async (id: string) => (await shop.ledger()).filter(({ orderId }) => orderId === id)
const shelf = async (sku: string) => {
  const { products } = await shop.get<{ products: { sku: string; available: number }[] }>('/api/products')
  return products.find((product) => product.sku === sku)?.available
}

describe('an order whose time to pay runs out', () => {
  it('expires, gives its stock back, was never charged, and its customer is told', async () => {
    const before = Number(await until(() => shelf('LMP-001')))
    const id = await shop.place({ method: null, items })
    await shop.reaches('reserved', id)
    await until(async () => (await shelf('LMP-001')) === before - 2)

    await shop.reaches('expired', id)

    await until(async () => (await shelf('LMP-001')) === before)
    await until(async () => (await eventsOf(id)).at(-1) === 'stock.released')
    expect(await linesOf(id)).toEqual([])
    const answer = await shop.pay(id)
    expect([answer.status, await answer.text()]).toEqual([
      409,
      expect.stringContaining('The time to pay this order is'),
    ])
    await until(async () => (await shop.mails(id)).some((subject) => subject.includes('not paid in time')))
  })

  it('expires, too, when its card was declined, and the gateway is told to close what was open', async () => {
    const id = await shop.place({ method: 'pm_card_chargeDeclined', items })
    await shop.reaches('declined', id)

    await shop.reaches('expired', id)

    await until(async () => (await linesOf(id)).some(({ kind }) => kind === 'cancel'))
    expect((await linesOf(id)).map(({ kind }) => kind)).not.toContain('charge')
  })

  it('is paid all the same when its money was under way by then', async () => {
    await shop.switch('payment-gateway', { outage: true })
    const id = await shop.place({ method: null, items })
    await shop.reaches('reserved', id)
    expect((await shop.pay(id)).status).toBe(202)
    const { payBy } = await shop.order(id)
    await until(() => Date.now() > Date.parse(payBy ?? '') + 1_000)

    expect(await shop.stateOf(id)).toBe('paying')
    await shop.switch('payment-gateway', { outage: false })

    await shop.reaches('paid', id)
    expect(await eventsOf(id)).not.toContain('order.expired')
  })

  it('leaves books that the auditor finds well', async () => {
    const audit = () => {
      const env = { ...process.env, DATA_DIR: shop.dataDir }
      const { stdout, stderr } = spawnSync(process.execPath, ['dist/audit/main.js', '--at-rest'], { env })
      return `${stdout}${stderr}`
    }
    await until(() => audit().includes('All is well'), { everyMs: 500, what: 'all to be well and at rest' })
  })
})
