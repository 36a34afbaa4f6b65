import { describe, expect, it } from '@jest/globals'
import { closesAt } from '../../services/payment/stripe-pages.ts'
import { usePayment } from '../payment-rig.ts'
import { until } from '../until.ts'

const shop = usePayment()
const { gateway } = shop
const HOUR_MS = 3_600_000

/** What a customer does on the gateway's page. */
async function payThere(orderId: string, card: string): Promise<Response> {
  const told = await shop.heard(orderId, 'payment.challenged')
  const url = String(told.at(-1)?.data.url)
  return fetch(url, { method: 'POST', body: new URLSearchParams({ other: card }), redirect: 'manual' })
}

const sessionOf = async (orderId: string) =>
  gateway.stripe.checkout.sessions.retrieve(String((await shop.payment(orderId))?.sessionId))

describe('the gateway’s own page', () => {
  it('is where the customer pays, and is led back from', async () => {
    await shop.reserve('o1', 'hosted')
    await shop.is('o1', 'challenged')
    expect(await shop.told('o1')).toMatchObject([{ name: 'payment.challenged', data: { tender: 1, kind: 'hosted' } }])
    expect(await sessionOf('o1')).toMatchObject({
      ...{ mode: 'payment', status: 'open', client_reference_id: 'o1', amount_total: 4_200, currency: 'eur' },
      ...{ success_url: 'http://localhost:3000/orders/o1', cancel_url: 'http://localhost:3000/orders/o1' },
    })

    const answer = await payThere('o1', 'pm_card_visa')
    const { chargeId } = await shop.is('o1', 'captured')

    expect(answer.headers.get('location')).toBe('http://localhost:3000/orders/o1')
    expect(await shop.names('o1')).toEqual(['payment.challenged', 'payment.captured'])
    const charges = (await gateway.ledger('o1')).filter(({ kind }) => kind === 'charge')
    expect(charges).toMatchObject([{ intentId: chargeId, amountCents: 4_200 }])
  })

  it('lets him try another card there, which is no decline of ours', async () => {
    await shop.reserve('o1', 'hosted')
    await payThere('o1', 'pm_card_chargeDeclined')
    await payThere('o1', 'pm_card_visa')

    await shop.is('o1', 'captured')

    expect(await shop.names('o1')).toEqual(['payment.challenged', 'payment.captured'])
  })

  it('is heard of by the sweep where no webhook comes', async () => {
    await gateway.turn({ webhooksOff: true })
    await shop.reserve('o1', 'hosted')
    await payThere('o1', 'pm_card_visa')

    await shop.is('o1', 'captured')
  })

  it('is closed when the time to pay is over, and nobody can pay there any more', async () => {
    await shop.reserve('o1', 'hosted', Date.now() + 800)
    await shop.is('o1', 'challenged')
    await shop.is('o1', 'declined')

    expect(await shop.told('o1', 'payment.declined')).toMatchObject([{ data: { reason: 'not_confirmed' } }])
    expect(await sessionOf('o1')).toMatchObject({ status: 'expired' })
    await payThere('o1', 'pm_card_visa')
    expect(await shop.ledger('o1')).not.toContain('charge')
  })

  it('is closed too late where the customer has just paid', async () => {
    await gateway.turn({ webhooksOff: true })
    await shop.reserve('o1', 'hosted', Date.now() + 1_000)
    await payThere('o1', 'pm_card_visa')

    await shop.is('o1', 'captured')

    expect(await shop.names('o1')).toEqual(['payment.challenged', 'payment.captured'])
  })

  it('is closed when the order is cancelled', async () => {
    await shop.reserve('o1', 'hosted')
    await shop.is('o1', 'challenged')
    await shop.cancel('o1')

    await shop.is('o1', 'cancelled')

    expect(await sessionOf('o1')).toMatchObject({ status: 'expired' })
    expect(await shop.names('o1')).toEqual(['payment.challenged'])
  })

  it('may follow a card that was refused, whose payment ends first', async () => {
    await shop.reserve('o1', 'pm_card_chargeDeclined')
    await shop.is('o1', 'declined')
    await shop.tender('o1', 2, 'hosted')
    await payThere('o1', 'pm_card_visa')

    await shop.is('o1', 'captured')

    const ledger = await gateway.ledger('o1')
    expect(ledger.filter(({ kind }) => kind === 'cancel')).toHaveLength(1)
    expect(ledger.filter(({ kind }) => kind === 'charge')).toHaveLength(1)
    expect(await shop.names('o1')).toEqual(['payment.declined', 'payment.challenged', 'payment.captured'])
  })

  it('and a cancel in the same moment have one outcome', async () => {
    const ids = Array.from({ length: 8 }, (_, i) => `o${i}`)
    for (const id of ids) await shop.reserve(id, 'hosted')
    for (const id of ids) await shop.is(id, 'challenged')
    await Promise.all(ids.flatMap((id) => [payThere(id, 'pm_card_visa').catch(() => {}), shop.cancel(id)]))

    for (const id of ids)
      await until(async () => ['cancelled', 'refunded'].includes((await shop.payment(id))?.state ?? ''), { what: id })
    for (const id of ids) {
      const ledger = await shop.ledger(id)
      expect(ledger.filter((kind) => kind === 'refund')).toHaveLength(ledger.filter((kind) => kind === 'charge').length)
    }
  })

  it('is opened once though the answer is lost', async () => {
    await gateway.turn({ loseAnswers: 1 })
    await shop.reserve('o1', 'hosted')
    await until(async () => (await shop.ledger('o1')).includes('session'))
    await gateway.turn({ loseAnswers: 0 })
    await shop.is('o1', 'challenged')

    const sessions = (await gateway.ledger('o1')).map(({ sessionId }) => sessionId)
    expect(new Set(sessions).size).toBe(1)
  })
})

describe('when a page closes by itself', () => {
  it.each([
    ['half a minute', 30_000, HOUR_MS],
    ['half an hour', HOUR_MS / 2, HOUR_MS],
    ['three hours', 3 * HOUR_MS, 3 * HOUR_MS],
    ['three days', 72 * HOUR_MS, 24 * HOUR_MS],
  ])('is within what the gateway takes, with %s to pay', (_words, payWithinMs, opensForMs) => {
    const at = Date.now()

    expect(closesAt({ at, payBy: at + payWithinMs })).toBe(at + opensForMs)
  })
})
