import { describe, expect, it } from '@jest/globals'
import { openOrders } from '../../services/order/db.ts'
import { orderAnswer, orderStory } from '../../services/order/order-answer.ts'
import { payAll } from '../../services/order/pay-order.ts'
import { queueKey } from '../../shared/keys.ts'
import { withKey } from '../order-key.ts'
import { problemOf, results, tell, useOrdersWithRedis, wish } from '../order-rig.ts'
import { until } from '../until.ts'

const orders = useOrdersWithRedis()
const { reserved, unpaid, rejected, captured, declined, challenged } = results
const reaches = (id: string, state: string) => until(async () => (await orders.story(id)).state === state)

/** Places an order without a card. Resolves when it waits for its customer. */
async function placeUnpaid(): Promise<string> {
  const id = await orders.place({ payment: undefined })
  await tell(orders.redis, unpaid(id))
  await reaches(id, 'reserved')
  return id
}

/** What was told to payment of means of payment, oldest first. */
async function tenders() {
  const waiting = await orders.redis.client.lrange(queueKey('payment'), 0, -1)
  const told = waiting.map((text) => JSON.parse(text)).filter(({ name }) => name === 'order.tendered')
  return told.map(({ subject, data }) => ({ subject, ...data })).reverse()
}

describe('an order without a card', () => {
  it('says until when it can be paid, and waits for its customer once its goods are set aside', async () => {
    const answer = orderAnswer.parse(await (await orders.order({ payment: undefined })).json())
    expect(Date.parse(answer.payBy ?? '') - Date.parse(answer.placedAt)).toBeCloseTo(30 * 60_000, -3)

    await tell(orders.redis, unpaid(answer.id))
    await reaches(answer.id, 'reserved')

    const { timeline, payBy, challenge, refundedCents } = await orders.story(answer.id)
    expect(timeline.map(({ canPay }) => canPay)).toEqual([false, true])
    expect([payBy, challenge, refundedCents]).toEqual([answer.payBy, null, 0])
  })

  it('is told to inventory with its time, and no means of payment', async () => {
    const id = await orders.place({ payment: undefined })
    const waiting = () => orders.redis.client.lrange(queueKey('inventory'), 0, -1)
    await until(async () => (await waiting()).length === 1)

    const [placed = ''] = await waiting()
    const { payBy } = await orders.story(id)
    expect(JSON.parse(placed)).toMatchObject({ v: 2, data: { paymentMethod: null, payBy: Date.parse(payBy ?? '') } })
  })

  it.each([{ method: 'cash' }, {}, { method: '' }, null])('must not have a payment like %j', async (payment) => {
    expect(await problemOf(await orders.order({ payment }))).toMatchObject({ status: 422 })
  })
})

describe('paying an order', () => {
  it.each(['pm_card_visa', 'hosted'])('by %s is under way at once, and payment is told', async (method) => {
    const id = await placeUnpaid()

    const answer = await orders.pay(id, method)

    expect(answer.status).toBe(202)
    const story = orderStory.parse(await answer.json())
    expect(story).toMatchObject({ id, state: 'paying' })
    expect(story.timeline.at(-1)).toMatchObject({ event: 'order.tendered', service: 'order', detail: { tender: 1 } })
    const payBy = Date.parse(story.payBy ?? '')
    await until(async () => (await tenders()).length === 1)
    expect(await tenders()).toEqual([
      {
        subject: id,
        number: story.number,
        totalCents: 3_600,
        currency: 'EUR',
        tender: 1,
        paymentMethod: method,
        payBy,
      },
    ])
  })

  it('with another card is possible where one was declined, and what is told of the first moves nothing then', async () => {
    const id = await orders.place()
    await tell(orders.redis, reserved(id), declined(id, 1))
    await reaches(id, 'declined')
    expect((await orders.story(id)).timeline.at(-1)).toMatchObject({ canPay: true, canCancel: true })

    expect((await orders.pay(id)).status).toBe(202)
    await tell(orders.redis, declined(id, 1), declined(id))
    await until(async () => (await orders.events(id)).length === 6)
    expect((await orders.story(id)).state).toBe('paying')

    await tell(orders.redis, captured(id))
    await reaches(id, 'paid')
    expect((await tenders()).map(({ tender }) => tender)).toEqual([2])
  })

  it('shows what is to be confirmed, for as long as it is', async () => {
    const id = await orders.place()
    await tell(orders.redis, reserved(id), challenged(id, 1))
    await until(async () => (await orders.story(id)).challenge !== null)
    expect((await orders.story(id)).challenge).toEqual({ kind: 'confirm', url: 'https://gateway.example/1' })

    await tell(orders.redis, declined(id, 1))
    await reaches(id, 'declined')
    expect((await orders.story(id)).challenge).toBeNull()

    await orders.pay(id)
    await tell(orders.redis, challenged(id, 1)) // a replayed one
    await until(async () => (await orders.events(id)).length === 6)
    expect((await orders.story(id)).challenge).toBeNull()
    await tell(orders.redis, challenged(id, 2))
    await until(async () => (await orders.story(id)).challenge?.url === 'https://gateway.example/2')
  })

  it('twenty times at once is one means of payment', async () => {
    const id = await placeUnpaid()

    const answers = await Promise.all(Array.from({ length: 20 }, () => orders.pay(id)))

    expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array.from({ length: 19 }, () => 409)])
    expect(await orders.events(id)).toEqual(['order.placed', 'stock.reserved', 'order.tendered'])
    await until(async () => (await tenders()).length === 1)
  })

  it('twice in one transaction is one, too', async () => {
    const id = await placeUnpaid()
    const db = await openOrders(orders.folder)
    const wanted = { orderId: id, method: 'pm_card_visa', key: null }

    const verdicts = await db.write((tx) => payAll(tx, [wanted, wanted], () => {}))

    expect(verdicts.map(({ kind }) => kind)).toEqual(['tendered', 'refused'])
    await db.close()
  })

  it('is refused with the reason while it cannot be, and nobody is told', async () => {
    const [placed, away, off] = [await orders.place(), await orders.place(), await orders.place()]
    const [busy, paid] = [await orders.place(), await orders.place()]
    await tell(orders.redis, rejected(away), reserved(busy), captured(paid))
    await orders.cancel(off)
    await reaches(away, 'rejected')
    await reaches(busy, 'paying')
    await reaches(paid, 'paid')

    for (const [id, why] of [
      [placed, 'still being set aside'],
      [away, 'is rejected'],
      [off, 'is cancelled'],
      [busy, 'is under way'],
      [paid, 'is paid already'],
    ] as const)
      expect(await problemOf(await orders.pay(id))).toMatchObject({ status: 409, detail: expect.stringContaining(why) })
    expect(await tenders()).toEqual([])
  })

  it('needs the key of the order, and a means of payment', async () => {
    const id = await placeUnpaid()

    const answer = await orders.post(`/api/orders/${id}/pay`, { method: 'pm_card_visa' })
    expect(await problemOf(answer)).toMatchObject({ status: 404 })
    expect(await problemOf(await orders.pay(id, 'cash'))).toMatchObject({ status: 422, fields: ['method'] })
    expect((await orders.story(id)).state).toBe('reserved')
  })
})

describe('an Idempotency-Key of a payment', () => {
  const key = { 'Idempotency-Key': 'k-1' }

  it('gets the same answer, however often and late it is sent, and one means of payment', async () => {
    const id = await placeUnpaid()
    const first = await (await orders.pay(id, 'pm_card_visa', key)).json()
    await tell(orders.redis, declined(id, 1))
    await reaches(id, 'declined')

    const again = await orders.pay(id, 'pm_card_visa', key)

    expect([again.status, await again.json()]).toEqual([202, first])
    expect((await orders.story(id)).state).toBe('declined')
    expect((await orders.pay(id, 'pm_card_visa', { 'Idempotency-Key': 'k-2' })).status).toBe(202)
    expect(await (await orders.pay(id, 'pm_card_visa', key)).json()).toEqual(first)
    await until(async () => (await tenders()).length === 2)
  })

  it('is good for one request alone', async () => {
    const [id, other] = [await placeUnpaid(), await placeUnpaid()]
    await orders.pay(id, 'pm_card_visa', key)

    for (const answer of [
      await orders.pay(id, 'pm_card_mastercard', key),
      await orders.pay(other, 'pm_card_visa', key),
      await orders.order({}, key),
    ])
      expect(await problemOf(answer)).toMatchObject({ status: 422, fields: ['Idempotency-Key'] })
    await orders.order({}, { 'Idempotency-Key': 'k-2' })
    const placing = await orders.pay(other, 'pm_card_visa', { 'Idempotency-Key': 'k-2' })
    expect(await problemOf(placing)).toMatchObject({ status: 422 })
  })
})

describe('cards that are declined', () => {
  it('are counted where they are tried later, too', async () => {
    await orders.shutDown()
    await orders.boot({ RATE_LIMITS: 'on' })
    const id = await placeUnpaid()
    for (let tender = 1; tender <= 10; tender++) {
      expect((await orders.pay(id)).status).toBe(202)
      await tell(orders.redis, declined(id, tender))
      await reaches(id, 'declined')
    }

    expect(await problemOf(await orders.pay(id))).toMatchObject({
      status: 429,
      detail: expect.stringContaining('card'),
    })
    const authorization = `Bearer token-of-the-test`
    const asAdmin = await orders.post(`/api/orders/${id}/pay`, { method: 'pm_card_visa' }, { authorization })
    expect(asAdmin.status).toBe(202)
    const other = await orders.post('/api/orders', wish(), withKey(id))
    expect(other.status).toBe(429)
  })
})
