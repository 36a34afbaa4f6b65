import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openOrders } from '../../services/order/db.ts'
import { catalogue } from '../../shared/catalogue.ts'
import { ORDERS_ALONE, Shop } from '../shop.ts'
import { until } from '../until.ts'

const COUNT = 20

describe('a shop with several processes of each service', () => {
  let shop: Shop
  const urlsOf = (service: string) => {
    const ready = shop.facts.filter((fact) => fact.service === service && fact.msg === 'ready')
    return [...new Set(ready.map(({ url }) => String(url)))]
  }
  const placeAt = async (url: string, key: string) => {
    const order = {
      customer: { name: 'Ada', email: `ada-${key}@example.com` },
      items: [{ sku: 'MUG-001', quantity: 1 }],
      payment: { method: 'pm_card_visa' },
    }
    const headers = { 'content-type': 'application/json', 'idempotency-key': key }
    const answer = await fetch(`${url}/api/orders`, { method: 'POST', headers, body: JSON.stringify(order) })
    return String(Object(await answer.json()).id)
  }
  beforeAll(async () => {
    shop = await Shop.open({ ...ORDERS_ALONE, INSTANCES: 'order:2,inventory:3,payment:2,notification:2,control:2' })
  })
  afterAll(() => shop?.close())

  it('starts them all at once on nothing, and fills its window once', async () => {
    expect(['order', 'inventory', 'payment', 'notification', 'control'].map((name) => urlsOf(name).length)).toEqual([
      ...[2, 3, 2, 2, 2],
    ])
    const books = await openOrders(shop.dataDir)
    const rows = await books.read.$queryRaw<object[]>`SELECT sku FROM "Product"`
    await books.close()
    expect(rows).toHaveLength(catalogue.length)
  })

  it('takes orders at each door, and each once: paid, charged and written to', async () => {
    const keys = Array.from({ length: COUNT }, (_, i) => `key-${i}`)
    const pairs = await Promise.all(keys.map((key) => Promise.all(urlsOf('order').map((url) => placeAt(url, key)))))
    const ids = pairs.map(([id = '']) => id)

    for (const [one, other] of pairs) expect(other).toBe(one)
    expect(new Set(ids).size).toBe(COUNT)
    await shop.reaches('paid', ...ids)
    const charges = (await shop.ledger()).filter(({ kind }) => kind === 'charge')
    expect(charges.map(({ orderId }) => orderId).toSorted()).toEqual(ids.toSorted())
    await until(async () => (await shop.mails(ids[0] ?? '')).length >= 2, { what: 'its mails' })
  })

  it('goes on at one door while the other one is killed and started again where it was', async () => {
    const urls = urlsOf('order')
    const isUp = async (url: string) => (await fetch(`${url}/healthz`).catch(() => null))?.status === 200
    process.kill(shop.pid('services/order'), 'SIGKILL')

    const id = await Promise.any(urls.map((url) => placeAt(url, 'while-one-is-away'))) // of the other one there is no answer

    await until(async () => (await Promise.all(urls.map(isUp))).every(Boolean), {
      what: 'both to be where they were',
      timeoutMs: 30_000,
    })
    await shop.reaches('paid', id)
    expect(urlsOf('order')).toHaveLength(2)
  })
})
