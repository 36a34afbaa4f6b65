import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ORDERS_ALONE, Shop } from '../shop.ts'
import { until } from '../until.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open(ORDERS_ALONE)
})
afterAll(() => shop.close())

const charged = async (id: string) => {
  const entries = (await shop.ledger()).filter(({ orderId }) => orderId === id)
  const sum = (kind: string) => entries.filter((e) => e.kind === kind).reduce((cents, e) => cents + e.amountCents, 0)
  return { captured: sum('charge'), refunded: sum('refund') }
}
const shelf = async (sku: string) => {
  const { products } = await shop.get<{ products: { sku: string; available: number }[] }>('/api/products')
  return products.find((product) => product.sku === sku)?.available
}
// In any order: mails are sent side by side, and the second may overtake the first.
const mailsSay = (id: string, ...words: string[]) =>
  until(async () => {
    const mails = await shop.mails(id)
    return mails.length === words.length && words.every((word) => mails.some((mail) => mail.includes(word)))
  })

describe('an order', () => {
  it('with a good card is paid, its timeline names every step, and its mails arrive', async () => {
    const id = await shop.place()

    await shop.reaches('paid', id)

    const { timeline } = await shop.order(id)
    expect(timeline.map(({ event, service }) => [service, event])).toEqual([
      ['order', 'order.placed'],
      ['inventory', 'stock.reserved'],
      ['payment', 'payment.captured'],
    ])
    expect(await charged(id)).toEqual({ captured: 1_800, refunded: 0 })
    await mailsSay(id, 'received', 'paid')
  })

  it('can be followed through the logs of all services by its id', async () => {
    const id = await shop.place()
    await shop.reaches('paid', id)
    await mailsSay(id, 'received', 'paid')

    const services = new Set(shop.factsOf(id).map(({ service }) => service))
    for (const service of ['order', 'inventory', 'payment', 'notification']) expect(services).toContain(service)
  })

  it('for more than there is in stock is rejected, and nothing is charged', async () => {
    const id = await shop.place({
      items: [
        { sku: 'PRT-001', quantity: 21 },
        { sku: 'MUG-001', quantity: 1 },
      ],
    })

    await shop.reaches('rejected', id)

    expect(await charged(id)).toEqual({ captured: 0, refunded: 0 })
    await mailsSay(id, 'received', 'cannot deliver')
  })

  it('with a bad card is declined, its goods are still held, and another card pays it', async () => {
    const before = Number(await until(() => shelf('PLT-001')))
    const id = await shop.place({ method: 'pm_card_chargeDeclined', items: [{ sku: 'PLT-001', quantity: 3 }] })
    await shop.reaches('declined', id)
    await until(async () => (await shelf('PLT-001')) === before - 3)

    expect((await shop.pay(id)).status).toBe(202)

    await shop.reaches('paid', id)
    expect((await shop.order(id)).timeline.map(({ event }) => event)).toEqual([
      ...['order.placed', 'stock.reserved', 'payment.declined', 'order.tendered', 'payment.captured'],
    ])
    expect(await shelf('PLT-001')).toBe(before - 3)
    expect(await charged(id)).toEqual({ captured: 11_700, refunded: 0 })
    await mailsSay(id, 'received', 'declined', 'paid')
  })

  it('with a bad card that is cancelled then has its stock free again, and was never charged', async () => {
    const before = await until(() => shelf('PLT-001'))
    const id = await shop.place({ method: 'pm_card_chargeDeclined', items: [{ sku: 'PLT-001', quantity: 3 }] })
    await shop.reaches('declined', id)

    expect((await shop.cancel(id)).status).toBe(200)

    await until(async () => (await shelf('PLT-001')) === before)
    await until(async () => (await shop.order(id)).timeline.some(({ event }) => event === 'stock.released'))
    expect(await charged(id)).toEqual({ captured: 0, refunded: 0 })
  })

  it('without a card waits for its customer, and is paid when one comes', async () => {
    const id = await shop.place({ method: null })
    await shop.reaches('reserved', id)
    expect(await charged(id)).toEqual({ captured: 0, refunded: 0 })

    const key = { 'idempotency-key': id }
    const answers = await Promise.all([shop.pay(id, 'pm_card_visa', key), shop.pay(id), shop.pay(id)])

    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1)
    await shop.reaches('paid', id)
    expect(await charged(id)).toEqual({ captured: 1_800, refunded: 0 })
    await mailsSay(id, 'received', 'paid')
  })

  it('is refunded in parts as the admin says, until all has gone back', async () => {
    const id = await shop.place({ items: [{ sku: 'PEN-001', quantity: 1 }] })
    await shop.reaches('paid', id)

    await shop.admin(`orders/${id}/refunds`, { amountCents: 1_000 })
    await until(async () => (await shop.order(id)).refundedCents === 1_000)
    expect(await shop.stateOf(id)).toBe('paid')
    await shop.admin(`orders/${id}/refunds`, { reason: 'never arrived' })

    await shop.reaches('refunded', id)
    expect(await charged(id)).toEqual({ captured: 3_600, refunded: 3_600 })
    await mailsSay(id, 'received', 'is paid', 'A part of', 'is refunded')
  })

  it('for the last item goes to one of two buyers', async () => {
    const items = [{ sku: 'PRT-001', quantity: 11 }]
    const ids = await Promise.all([shop.place({ items }), shop.place({ items })])

    const states = await until(async () => {
      const now = await Promise.all(ids.map(shop.stateOf))
      return now.every((state) => ['paid', 'rejected'].includes(state)) && now
    })
    expect(states.sort()).toEqual(['paid', 'rejected'])
  })

  it('cancelled when it is paid gets its money and its stock back', async () => {
    const before = await until(() => shelf('LMP-001'))
    const id = await shop.place({ items: [{ sku: 'LMP-001', quantity: 2 }] })
    await shop.reaches('paid', id)

    expect((await shop.cancel(id)).status).toBe(200)

    await shop.reaches('refunded', id)
    expect(await charged(id)).toEqual({ captured: 17_800, refunded: 17_800 })
    await until(async () => (await shelf('LMP-001')) === before)
    await until(async () => (await shop.order(id)).timeline.some(({ event }) => event === 'stock.released'))
    expect((await shop.cancel(id)).status).toBe(409)
  })

  it('cancelled before it is charged is never charged', async () => {
    await shop.switch('payment-gateway', { outage: true })
    const id = await shop.place({ items: [{ sku: 'KBD-001', quantity: 1 }] })
    expect((await shop.cancel(id)).status).toBe(200)
    await shop.switch('payment-gateway', { outage: false })

    await until(async () => {
      const { captured, refunded } = await charged(id)
      return captured === refunded && ['cancelled', 'refunded'].includes(await shop.stateOf(id))
    })
  })

  it('cancelled at any moment ends with the money where its state says', async () => {
    const ids = await shop.placeMany(40, { items: [{ sku: 'PEN-001', quantity: 1 }] })
    for (const id of ids) await shop.cancel(id)

    await until(async () => {
      const states = await Promise.all(ids.map(shop.stateOf))
      const money = await Promise.all(ids.map(charged))
      return ids.every(
        (_, i) =>
          (states[i] === 'refunded' && money[i]?.captured === 3_600 && money[i]?.refunded === 3_600) ||
          (states[i] === 'cancelled' && money[i]?.captured === 0),
      )
    })
  })
})
