import { describe, expect, it } from '@jest/globals'
import { usePayment } from '../payment-rig.ts'
import { until } from '../until.ts'

const shop = usePayment()
const { gateway } = shop
const ASKS = 'pm_card_authenticationRequired'
const money = async (orderId: string) =>
  (await gateway.ledger(orderId)).reduce(
    (sum, { kind, amountCents }) => sum + (signs[String(kind)] ?? 0) * Number(amountCents),
    0,
  )
const signs: Record<string, number> = { charge: 1, refund: -1 }

describe('an order that is cancelled', () => {
  it('before anything was charged never is', async () => {
    await shop.cancel('o1')
    await shop.is('o1', 'cancelled')
    await shop.reserve('o1')
    await shop.tender('o1', 1, 'pm_card_visa')
    await shop.quiet()

    expect(await shop.ledger('o1')).toEqual([])
    expect(await shop.names('o1')).toEqual([])
  })

  it('after it was paid is given its money back, once', async () => {
    await shop.reserve('o1')
    await shop.is('o1', 'captured')
    await shop.cancel('o1')
    await shop.cancel('o1')

    const { refundId } = await shop.is('o1', 'refunded')
    await shop.quiet()

    expect(await shop.ledger('o1')).toEqual(['charge', 'refund'])
    expect(await shop.told('o1', 'payment.refunded')).toMatchObject([
      { data: { refundId, totalCents: 4_200, leftCents: 0 } },
    ])
  })

  it('while its customer is asked to confirm is ended at the gateway, without a word', async () => {
    await shop.reserve('o1', ASKS)
    await shop.is('o1', 'challenged')
    await shop.cancel('o1')

    await shop.is('o1', 'cancelled')

    expect(await shop.ledger('o1')).toEqual(['open', 'cancel'])
    expect(await shop.names('o1')).toEqual(['payment.challenged'])
    await expect(shop.answer('o1', 'confirm')).rejects.toThrow('challenge answers')
  })

  it('too late, for its customer has just confirmed, is refunded', async () => {
    await gateway.turn({ webhooksOff: true })
    await shop.reserve('o1', ASKS)
    await shop.answer('o1', 'confirm')
    await shop.cancel('o1')

    await shop.is('o1', 'refunded')

    expect(await shop.ledger('o1')).toEqual(['open', 'charge', 'refund'])
    expect(await shop.names('o1')).toEqual(['payment.challenged', 'payment.refunded'])
  })

  it('while a card is being refused is ended at the gateway when that is over', async () => {
    await gateway.turn({ delayMs: 600 })
    await shop.reserve('o1', 'pm_card_chargeDeclined')
    await shop.is('o1', 'charging')
    await shop.cancel('o1') // whose question is refused until the first one is answered

    await until(async () => (await shop.ledger('o1')).includes('cancel'))
    await shop.quiet()
    expect(await shop.payment('o1')).toMatchObject({ state: 'cancelled', chargeId: null })
    expect(await shop.names('o1')).toEqual([])
  })

  it('while a bank looks into it is ended at the gateway, should the bank refuse in that moment', async () => {
    await gateway.turn({ settleMs: 1_500, webhooksOff: true })
    await shop.reserve('o1', 'pm_failed_de')
    await shop.is('o1', 'processing')
    await gateway.turn({ delayMs: 1_000 }) // so the bank decides after the cancel was refused, and before it is looked at
    await shop.cancel('o1')

    await until(async () => (await shop.ledger('o1')).includes('cancel'))
    await shop.quiet()
    expect(await shop.ledger('o1')).toEqual(['open', 'decline', 'cancel'])
    expect(await shop.payment('o1')).toMatchObject({ state: 'cancelled', chargeId: null })
  })

  it('after a card was refused is ended at the gateway, and takes no other', async () => {
    await shop.reserve('o1', 'pm_card_chargeDeclined')
    await shop.is('o1', 'declined')
    await shop.cancel('o1')
    await until(async () => (await shop.ledger('o1')).includes('cancel'))
    await shop.tender('o1', 2, 'pm_card_visa')
    await shop.quiet()

    expect(await shop.ledger('o1')).toEqual(['decline', 'cancel'])
    expect(await shop.payment('o1')).toMatchObject({ state: 'declined', chargeId: null, calledOff: 'cancelled' })
  })

  it('while the answer to its charge is lost finds out what happened, and refunds that', async () => {
    await gateway.turn({ loseAnswers: 1 })
    await shop.reserve('o1')
    await until(async () => (await shop.ledger('o1')).length > 0)
    await shop.cancel('o1')
    await until(async () => (await shop.payment('o1'))?.calledOff === 'cancelled')
    await gateway.turn({ loseAnswers: 0 })

    await shop.is('o1', 'refunded')

    expect(await shop.ledger('o1')).toEqual(['charge', 'refund'])
    expect(await shop.names('o1')).not.toContain('payment.declined')
  })

  it('in the same moment as it is charged is never charged for nothing', async () => {
    const ids = Array.from({ length: 20 }, (_, i) => `o${i}`)
    await gateway.turn({ delayMs: 20 })
    await Promise.all(
      ids.map(async (id, i) => {
        await shop.reserve(id, i % 4 === 0 ? ASKS : 'pm_card_visa')
        await shop.cancel(id)
      }),
    )

    for (const id of ids)
      await until(async () => ['refunded', 'cancelled'].includes((await shop.payment(id))?.state ?? ''), { what: id })
    await shop.quiet()
    for (const id of ids) expect([id, await money(id)]).toEqual([id, 0])
  })

  it('after part of it was given back at the gateway is given the rest', async () => {
    await gateway.turn({ webhooksOff: true })
    await shop.reserve('o1')
    const { chargeId } = await shop.is('o1', 'captured')
    await gateway.stripe.refunds.create({ payment_intent: String(chargeId), amount: 1_200 })
    await shop.cancel('o1')

    await shop.is('o1', 'refunded')

    expect(await money('o1')).toBe(0)
    expect((await shop.told('o1', 'payment.refunded')).map(({ data }) => [data.totalCents, data.leftCents])).toEqual([
      [1_200, 3_000],
      [3_000, 0],
    ])
  })

  it('in the same moment as the gateway refunds is refunded once', async () => {
    const ids = Array.from({ length: 8 }, (_, i) => `o${i}`)
    await gateway.turn({ delayMs: 10, webhookCopies: 2 })
    for (const id of ids) await shop.reserve(id)
    const payments = await Promise.all(ids.map((id) => shop.is(id, 'captured')))
    await Promise.all(
      payments.flatMap(({ orderId, chargeId }) => [
        shop.cancel(orderId),
        gateway.stripe.refunds.create({ payment_intent: String(chargeId), amount: 1_000 }).catch(() => {}),
      ]),
    )

    for (const id of ids) await shop.is(id, 'refunded')
    await shop.quiet()
    for (const id of ids) {
      const refunds = (await gateway.ledger(id)).filter(({ kind }) => kind === 'refund')
      expect([id, await money(id)]).toEqual([id, 0])
      expect(await shop.told(id, 'payment.refunded')).toHaveLength(refunds.length)
    }
  })
})

describe('an order that has expired', () => {
  it('is ended at the gateway where a card was refused', async () => {
    await shop.reserve('o1', 'pm_card_chargeDeclined')
    await shop.is('o1', 'declined')
    await shop.expire('o1')

    await until(async () => (await shop.ledger('o1')).includes('cancel'))
    await shop.quiet()
    expect(await shop.payment('o1')).toMatchObject({ state: 'declined', chargeId: null, calledOff: 'expired' })
  })

  it('leaves a tombstone where nobody ever tried to pay', async () => {
    await shop.expire('o1')

    expect(await shop.is('o1', 'cancelled')).toMatchObject({ calledOff: 'expired' })
  })
})

describe('a challenge whose time was over by a clock that is put back since', () => {
  it('is ended all the same, for it is told only once', async () => {
    await shop.reserve('o1', ASKS)
    const { chargeId } = await shop.is('o1', 'challenged')
    const told = { told: 'overdue-o1-1', type: 'payment.overdue', object: String(chargeId) }
    await shop.tell('gateway.told', 'o1', { number: 'OL-1', ...told })

    expect(await shop.is('o1', 'declined')).toMatchObject({ tender: 1, chargeId: null })
  })

  it('is left alone where that was an earlier one', async () => {
    await shop.reserve('o1', 'pm_card_chargeDeclined')
    await shop.is('o1', 'declined')
    await shop.tender('o1', 2, ASKS)
    const { chargeId } = await shop.is('o1', 'challenged')
    const told = { told: 'overdue-o1-1', type: 'payment.overdue', object: String(chargeId) }
    await shop.tell('gateway.told', 'o1', { number: 'OL-1', ...told })
    await shop.quiet()

    expect(await shop.payment('o1')).toMatchObject({ state: 'challenged' })
  })
})

describe('a payment that is processed and called off', () => {
  it('is given back when it arrives after all', async () => {
    await gateway.turn({ settleMs: 1_500 })
    await shop.reserve('o1', 'pm_successDelayed_de')
    await shop.is('o1', 'processing')
    await shop.cancel('o1')
    await until(async () => (await shop.payment('o1'))?.calledOff === 'cancelled')

    await shop.is('o1', 'refunded')

    expect(await shop.ledger('o1')).toEqual(['open', 'charge', 'refund'])
  })

  it('is over when it does not arrive', async () => {
    await gateway.turn({ settleMs: 800 })
    await shop.reserve('o1', 'pm_failedDelayed_de')
    await shop.is('o1', 'processing')
    await shop.cancel('o1')

    await shop.is('o1', 'cancelled')

    expect(await shop.names('o1')).toEqual([])
  })
})

describe('two workers', () => {
  it('charge, cancel and refund each order once', async () => {
    await shop.start()
    await gateway.turn({ delayMs: 5, loseAnswers: 0.2, webhookCopies: 2 })
    const ids = Array.from({ length: 40 }, (_, i) => `o${i}`)
    for (const [i, id] of ids.entries()) {
      await shop.reserve(id, i % 5 === 0 ? 'pm_card_chargeDeclined' : 'pm_card_visa')
      if (i % 2 === 0) await shop.cancel(id)
    }
    const isOver = async (id: string, i: number) => {
      const payment = await shop.payment(id)
      if (i % 2 === 0)
        return payment?.calledOff !== null && !['charging', 'captured'].includes(payment?.state ?? 'charging')
      return payment?.state === (i % 5 === 0 ? 'declined' : 'captured')
    }

    for (const [i, id] of ids.entries()) await until(() => isOver(id, i), { what: id, timeoutMs: 30_000 })
    await gateway.turn({ loseAnswers: 0 })
    await shop.quiet()
    for (const [i, id] of ids.entries()) {
      expect([id, await money(id)]).toEqual([id, i % 2 === 0 || i % 5 === 0 ? 0 : 4_200])
      expect((await shop.ledger(id)).filter((kind) => kind === 'charge').length).toBeLessThanOrEqual(1)
    }
  })
})
