import { describe, expect, it } from '@jest/globals'
import { usePayment } from '../payment-rig.ts'
import { until } from '../until.ts'

const shop = usePayment()
const { gateway } = shop

async function paid(orderId: string, card = 'pm_card_visa'): Promise<string> {
  await shop.reserve(orderId, card)
  return String((await shop.is(orderId, 'captured')).chargeId)
}

const refundsOf = async (orderId: string) =>
  (await shop.told(orderId, 'payment.refunded')).map(({ data }) => [data.totalCents, data.leftCents, data.asked])

describe('a refund that is asked for', () => {
  it('may be of a part, then of the rest', async () => {
    await paid('o1')
    await shop.askBack('o1', 'a', 1_000)
    await shop.heard('o1', 'payment.refunded')
    expect((await shop.payment('o1'))?.state).toBe('captured')

    await shop.askBack('o1', 'b', 3_200)
    await shop.is('o1', 'refunded')

    expect(await refundsOf('o1')).toEqual([
      [1_000, 3_200, 'a'],
      [3_200, 0, 'b'],
    ])
    expect(await shop.db.read.refund.findMany({ orderBy: { at: 'asc' } })).toMatchObject([
      { orderId: 'o1', cents: 1_000, status: 'succeeded', asked: 'a' },
      { orderId: 'o1', cents: 3_200, status: 'succeeded', asked: 'b' },
    ])
  })

  it('is made once though it is asked again, and its answer is lost', async () => {
    await paid('o1')
    await gateway.turn({ loseAnswers: 1 })
    await shop.askBack('o1', 'a', 1_000, 3)
    await until(async () => (await shop.ledger('o1')).includes('refund'))
    await gateway.turn({ loseAnswers: 0 })
    await shop.heard('o1', 'payment.refunded')
    await shop.askBack('o1', 'a', 1_000) // under another id, as after a replay
    await shop.quiet()

    expect(await shop.ledger('o1')).toEqual(['charge', 'refund'])
    expect(await refundsOf('o1')).toEqual([[1_000, 3_200, 'a']])
  })

  it('is refused where it is more than is left', async () => {
    await paid('o1')
    await shop.askBack('o1', 'a', 4_000)
    await shop.heard('o1', 'payment.refunded')
    await shop.askBack('o1', 'b', 201)

    const [refused] = await shop.heard('o1', 'payment.refundRefused')

    expect(refused?.data).toMatchObject({ asked: 'b', cents: 201, reason: 'only 200 cents are left of it' })
    expect(await shop.ledger('o1')).toEqual(['charge', 'refund'])
  })

  it('is refused where nothing was paid', async () => {
    await shop.reserve('o1', 'pm_card_chargeDeclined')
    await shop.is('o1', 'declined')
    await shop.askBack('o1', 'a', 1)

    expect(await shop.heard('o1', 'payment.refundRefused')).toMatchObject([{ data: { asked: 'a' } }])
  })

  it('in several at once never gives back more than was paid', async () => {
    await paid('o1')
    await gateway.turn({ delayMs: 10 })
    for (const asked of ['a', 'b', 'c', 'd']) await shop.askBack('o1', asked, 1_500)
    await until(async () => {
      const [made, refused] = [
        await shop.told('o1', 'payment.refunded'),
        await shop.told('o1', 'payment.refundRefused'),
      ]
      return made.length === 2 && refused.length === 2
    })

    expect(await shop.ledger('o1')).toEqual(['charge', 'refund', 'refund'])
  })
})

describe('a refund made at the gateway', () => {
  it('is heard of, part by part', async () => {
    const payment_intent = await paid('o1')
    await gateway.stripe.refunds.create({ payment_intent, amount: 1_000 })
    await shop.heard('o1', 'payment.refunded')
    await gateway.stripe.refunds.create({ payment_intent })
    await shop.is('o1', 'refunded')
    await shop.quiet()

    expect(await refundsOf('o1')).toEqual([
      [1_000, 3_200, undefined],
      [3_200, 0, undefined],
    ])
  })

  it('is heard of where webhooks were lost for an hour, when the shop asks what has happened', async () => {
    const payment_intent = await paid('o1')
    await gateway.turn({ webhooksOff: true })
    await gateway.stripe.refunds.create({ payment_intent, amount: 1_000 })
    await shop.stop()
    await shop.start() // it asks when it starts, and every minute

    await shop.heard('o1', 'payment.refunded')
    expect(await refundsOf('o1')).toEqual([[1_000, 3_200, undefined]])
  })
})

describe('what the bank has taken back', () => {
  const atTheBank = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${gateway.url}/_dashboard/${path}`, {
      ...{ method: 'POST', headers, body: JSON.stringify(body) },
    })
    return (await answer.json()) as { id: string }
  }

  it('is not refunded a second time, and goes back when it is ours again and the order is called off', async () => {
    const paymentIntent = await paid('o1')
    const { id } = await atTheBank('disputes', { paymentIntent })
    await shop.heard('o1', 'payment.disputed')
    await shop.cancel('o1')
    await shop.heard('o1', 'payment.refundRefused')

    await atTheBank(`disputes/${id}`, { status: 'won' })

    await shop.is('o1', 'refunded')
    expect((await shop.told('o1', 'payment.disputed')).map(({ data }) => data.status)).toEqual(['opened', 'won'])
    expect(await refundsOf('o1')).toEqual([[4_200, 0, undefined]])
    expect(await shop.told('o1', 'payment.refundRefused')).toHaveLength(1)
  })
})

describe('what has happened while the shop was closed', () => {
  it('is heard of to the end, page after page', async () => {
    const payment_intent = await paid('o1')
    await shop.stop()
    await gateway.turn({ webhooksOff: true })
    for (let i = 0; i < 110; i++) await gateway.stripe.refunds.create({ payment_intent, amount: 10 })
    await shop.start()

    await shop.heard('o1', 'payment.refunded', 110)
    expect((await refundsOf('o1')).at(-1)).toEqual([10, 3_100, undefined])
  })
})

describe('a refund that fails', () => {
  it('is told to have failed, and the money is ours again', async () => {
    await gateway.turn({ settleMs: 300 })
    await paid('o1', 'pm_card_refundFail')
    await shop.cancel('o1')
    await shop.heard('o1', 'payment.refunded')

    const [refused] = await shop.heard('o1', 'payment.refundRefused')
    await shop.quiet()

    expect(refused?.data).toMatchObject({ asked: null, cents: 4_200 })
    expect(await shop.payment('o1')).toMatchObject({ state: 'captured', calledOff: 'cancelled' })
    expect(await shop.told('o1', 'payment.refundRefused')).toHaveLength(1)
  })
})

describe('a dispute', () => {
  it('is told when it is opened', async () => {
    await gateway.turn({ settleMs: 200 })
    await paid('o1', 'pm_card_createDispute')

    const [opened] = await shop.heard('o1', 'payment.disputed')

    expect(opened?.data).toMatchObject({ cents: 4_200, currency: 'EUR', reason: 'fraudulent', status: 'opened' })
    expect((await shop.payment('o1'))?.state).toBe('captured')
  })

  it('is learnt though it is told while the answer to the charge of a cancelled order is still missing', async () => {
    await gateway.turn({ settleMs: 200, webhooksOff: true })
    const chargeId = await paid('o1', 'pm_card_createDispute')
    await until(async () => (await shop.ledger('o1')).includes('dispute'))
    const lost = { state: 'charging', chargeId: null, calledOff: 'cancelled' } // as the books are without the answer
    await shop.db.write((tx) => tx.payment.update({ where: { orderId: 'o1' }, data: lost }))

    const about = { number: 'du_1', told: 'evt_1', type: 'charge.dispute.created', object: 'du_1' }
    await shop.tell('gateway.told', chargeId, about)

    const [opened] = await shop.heard('o1', 'payment.disputed')
    expect(opened?.data).toMatchObject({ cents: 4_200, status: 'opened' })
  })

  it('is learnt though it is the first that is heard of what was paid on the gateway’s own page', async () => {
    await gateway.turn({ settleMs: 200, webhooksOff: true })
    await shop.reserve('o1', 'hosted')
    const [challenged] = await shop.heard('o1', 'payment.challenged')
    const paidThere = { method: 'POST', body: new URLSearchParams({ other: 'pm_card_createDispute' }) } as const
    await fetch(String(challenged?.data.url), { ...paidThere, redirect: 'manual' })
    await until(async () => (await shop.ledger('o1')).includes('dispute'))
    const intentId = String((await gateway.ledger('o1')).find(({ kind }) => kind === 'charge')?.intentId)
    expect((await shop.payment('o1'))?.state).toBe('challenged')

    const about = { number: 'du_1', told: 'evt_1', type: 'charge.dispute.created', object: 'du_1' }
    await shop.tell('gateway.told', intentId, about)

    await shop.is('o1', 'captured')
    const [opened] = await shop.heard('o1', 'payment.disputed')
    expect(opened?.data).toMatchObject({ cents: 4_200, status: 'opened' })
  })
})
