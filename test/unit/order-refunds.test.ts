import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { askRefunds } from '../../services/order/ask-refunds.ts'
import { openOrders } from '../../services/order/db.ts'
import { refundsIn } from '../../services/order/refunds.ts'
import { queueKey } from '../../shared/keys.ts'
import { withKey } from '../order-key.ts'
import { problemOf, results, tell, useOrdersWithRedis } from '../order-rig.ts'
import { until } from '../until.ts'

const orders = useOrdersWithRedis()
const { captured, refunded, refusedRefund } = results
const asked = z.object({ id: z.string(), amountCents: z.int(), currency: z.string(), leftCents: z.int() })
const refund = (id: string, body: object = {}, headers = {}) => orders.adminPost(`orders/${id}/refunds`, body, headers)
const hasEntries = (id: string, count: number) => until(async () => (await orders.events(id)).length === count)

/** Places an order over 36.00 that is paid. */
async function placePaid(): Promise<string> {
  const id = await orders.place()
  await tell(orders.redis, captured(id))
  await until(async () => (await orders.story(id)).state === 'paid')
  return id
}

/** What payment was asked to give back, oldest first. */
async function askedOfPayment() {
  const waiting = await orders.redis.client.lrange(queueKey('payment'), 0, -1)
  const told = waiting.map((text) => JSON.parse(text)).filter(({ name }) => name === 'order.refundAsked')
  return told.map(({ subject, data }) => ({ subject, ...data })).reverse()
}

describe('a refund by the admin', () => {
  it('of a part is asked of payment, and leaves the order paid until all has gone back', async () => {
    const id = await placePaid()

    const answer = await refund(id, { amountCents: 1_000, reason: 'a scratch' })
    expect(answer.status).toBe(202)
    const first = asked.parse(await answer.json())
    expect(first).toMatchObject({ amountCents: 1_000, currency: 'EUR', leftCents: 2_600 })
    const { timeline } = await orders.story(id)
    expect(timeline.at(-1)).toMatchObject({
      ...{ event: 'order.refundAsked', service: 'order', state: 'paid' },
      detail: { asked: first.id, cents: 1_000, leftCents: 2_600 },
    })
    expect(JSON.stringify(timeline)).not.toContain('a scratch') // that is for the books
    await until(async () => (await askedOfPayment()).length === 1)
    const { number } = await orders.story(id)
    expect(await askedOfPayment()).toEqual([{ subject: id, number, asked: first.id, cents: 1_000, currency: 'EUR' }])

    await tell(orders.redis, refunded(id, { totalCents: 1_000, leftCents: 2_600, asked: first.id, refundId: 're_1' }))
    await until(async () => (await orders.story(id)).refundedCents === 1_000)
    expect((await orders.story(id)).state).toBe('paid')

    const second = asked.parse(await (await refund(id)).json())
    expect(second).toMatchObject({ amountCents: 2_600, leftCents: 0 })
    await tell(orders.redis, refunded(id, { totalCents: 2_600, leftCents: 0, asked: second.id, refundId: 're_2' }))
    await until(async () => (await orders.story(id)).state === 'refunded')
    expect((await orders.story(id)).refundedCents).toBe(3_600)
  })

  it('is never more than what is left, with what is asked and not answered, and a refused one gives it back', async () => {
    const id = await placePaid()
    const { id: first } = asked.parse(await (await refund(id, { amountCents: 3_000 })).json())

    const tooMuch = await problemOf(await refund(id, { amountCents: 601 }))
    expect(tooMuch).toMatchObject({ status: 422, fields: ['amountCents'], detail: expect.stringContaining('600') })
    expect((await refund(id, { amountCents: 600 })).status).toBe(202)
    expect(await problemOf(await refund(id, { amountCents: 1 }))).toMatchObject({ status: 409 })

    await tell(orders.redis, refusedRefund(id, first, 3_000))
    await hasEntries(id, 5)
    expect((await orders.story(id)).timeline.at(-1)).toMatchObject({
      ...{ event: 'payment.refundRefused', state: 'paid' },
      detail: { asked: first, cents: 3_000, reason: 'insufficient_funds' },
    })
    expect(asked.parse(await (await refund(id)).json())).toMatchObject({ amountCents: 3_000, leftCents: 0 })
  })

  it('asked for twenty times at once is given so often as there is money', async () => {
    const id = await placePaid()

    const answers = await Promise.all(Array.from({ length: 20 }, () => refund(id, { amountCents: 1_000 })))

    expect(answers.filter(({ status }) => status === 202)).toHaveLength(3)
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(17)
  })

  it('asked for twice in one transaction is given as if one came after the other', async () => {
    const id = await placePaid()
    const db = await openOrders(orders.folder)
    const wanted = { orderId: id, key: null, amountCents: 2_000 }

    const verdicts = await db.write((tx) =>
      askRefunds(tx, [wanted, wanted, { ...wanted, amountCents: 1_600 }], () => {}),
    )

    expect(verdicts.map(({ kind }) => kind)).toEqual(['asked', 'too much', 'asked'])
    await db.close()
  })

  it('with an Idempotency-Key is one refund, and has the same answer', async () => {
    const [id, other] = [await placePaid(), await placePaid()]
    const key = { 'Idempotency-Key': 'r-1' }
    const first = await (await refund(id, { amountCents: 1_000 }, key)).json()
    await refund(id, { amountCents: 1_000 })

    const again = await refund(id, { amountCents: 1_000 }, key)

    expect([again.status, await again.json()]).toEqual([202, first])
    await until(async () => (await askedOfPayment()).length === 2)
    for (const answer of [await refund(id, { amountCents: 1 }, key), await refund(other, { amountCents: 1_000 }, key)])
      expect(await problemOf(answer)).toMatchObject({ status: 422, fields: ['Idempotency-Key'] })
  })

  it('is only possible where something is paid', async () => {
    const [placed, cancelled] = [await orders.place(), await placePaid()]
    await orders.cancel(cancelled)

    expect(await problemOf(await refund(placed))).toMatchObject({
      status: 409,
      detail: expect.stringContaining('placed'),
    })
    expect(await problemOf(await refund(cancelled))).toMatchObject({ status: 409 })
    expect(await problemOf(await refund('nobody'))).toMatchObject({ status: 404 })
  })

  it('may call the order by its number, and is not for its customer', async () => {
    const id = await placePaid()
    const { number } = await orders.story(id)

    expect((await refund(number, { amountCents: 100 })).status).toBe(202)
    const asCustomer = await orders.post(`/api/admin/orders/${id}/refunds`, {}, withKey(id))
    expect(await problemOf(asCustomer)).toMatchObject({ status: 401 })
  })

  it.each([{ amountCents: 0 }, { amountCents: 1.5 }, { amountCents: '5' }, { reason: '' }])(
    'must not be %j',
    async (body) => {
      const id = await placePaid()
      expect(await problemOf(await refund(id, body))).toMatchObject({ status: 422 })
    },
  )
})

describe('a refund that fails after it was told of', () => {
  it('does not count any more, and can be asked for again', async () => {
    const id = await placePaid()
    await tell(orders.redis, refunded(id, { leftCents: 0, refundId: 're_1' }))
    await until(async () => (await orders.story(id)).state === 'refunded')
    expect(await problemOf(await refund(id))).toMatchObject({ status: 409 })

    await tell(orders.redis, refusedRefund(id, null, 3_600))
    await until(async () => (await orders.story(id)).refundedCents === 0)

    expect(asked.parse(await (await refund(id)).json())).toMatchObject({ amountCents: 3_600 })
    await tell(orders.redis, refunded(id, { leftCents: 0, refundId: 're_2' }))
    await until(async () => (await orders.story(id)).refundedCents === 3_600)
  })
})

describe('money that goes back', () => {
  it('is shown to the admin in the list of orders', async () => {
    const id = await placePaid()
    await tell(orders.redis, refunded(id, { totalCents: 600, leftCents: 3_000 }))
    await until(async () => (await orders.story(id)).refundedCents === 600)

    const list = z.object({ orders: z.array(z.looseObject({ id: z.string() })) })
    const { orders: listed } = list.parse(await (await orders.admin('orders')).json())
    expect(listed).toMatchObject([{ id, state: 'paid', refundedCents: 600, payBy: expect.stringMatching(/Z$/) }])
  })

  it('does not count what has failed: by its name, or else the last of its amount', () => {
    const one = (refundId: string, cents: number) => ({ event: 'payment.refunded', allCents: 900, refundId, cents })
    const failed = { event: 'payment.refundRefused', allCents: 900, asked: null, cents: 100 }
    const before = [one('re_1', 100), one('re_2', 100), one('re_3', 200)]

    expect(refundsIn([...before, failed]).refundedCents).toBe(300)
    expect(refundsIn([...before, { ...failed, cents: 200, refundId: 're_3' }]).refundedCents).toBe(200)
    expect(refundsIn([...before, { ...failed, cents: 50 }]).refundedCents).toBe(400)
    expect(refundsIn([...before, { ...failed, asked: 'never made' }]).refundedCents).toBe(400)
  })

  it('counts what the gateway gave back by itself, too, and what is told twice once', () => {
    const told = [
      { event: 'order.refundAsked', allCents: 1_000, asked: 'a', cents: 100 },
      { event: 'order.refundAsked', allCents: 1_000, asked: 'b', cents: 200 },
      { event: 'payment.refunded', allCents: 1_000, refundId: 're_1', cents: 50 },
      { event: 'payment.refunded', allCents: 1_000, refundId: 're_2', cents: 100, asked: 'a' },
      { event: 'payment.refunded', allCents: 1_000, refundId: 're_2', cents: 100, asked: 'a' },
    ]

    expect(refundsIn(told)).toEqual({ refundedCents: 150, askedCents: 200 })
    expect(refundsIn([{ event: 'payment.refunded', allCents: 1_000, refundId: 're_1' }])).toEqual({
      refundedCents: 1_000,
      askedCents: 0,
    })
  })
})

describe('a dispute', () => {
  it('is part of the story, and moves nothing', async () => {
    const id = await placePaid()
    const data = { number: 'OL-1', dispute: 'du_1', cents: 3_600, currency: 'EUR', reason: 'fraudulent' }
    await tell(orders.redis, { name: 'payment.disputed', subject: id, data: { ...data, status: 'opened' } })
    await hasEntries(id, 3)

    const { number: _, ...detail } = { ...data, status: 'opened' }
    expect((await orders.story(id)).timeline.at(-1)).toMatchObject({ event: 'payment.disputed', state: 'paid', detail })
  })
})
