import { appendFile, readFile, rm, writeFile } from 'node:fs/promises'
import { describe, expect, it } from '@jest/globals'
import Stripe from 'stripe'
import { allWell } from '../../simulators/payment-gateway/switches.ts'
import { BACK, failure, useGateway } from '../gateway-rig.ts'
import { until } from '../until.ts'

const gateway = useGateway()
const CARD_ONLY = { automatic_payment_methods: { enabled: true, allow_redirects: 'never' } } as const

describe('trouble', () => {
  it('a lost answer is a charge all the same, and asking again gives that one charge', async () => {
    await gateway.turn({ loseAnswers: 1 })
    const lost = await failure(gateway.charge('k1'))
    expect(lost).toBeInstanceOf(Stripe.errors.StripeConnectionError)
    const [entry] = await gateway.ledger('o-1')

    await gateway.turn({ loseAnswers: 0 })
    const intent = await gateway.charge('k1')

    expect(intent.id).toBe(entry?.intentId)
    expect(intent.lastResponse.headers['idempotent-replayed']).toBe('true')
    expect(await gateway.ledger()).toHaveLength(1)
  })

  it('in an outage nothing is carried out and nothing is remembered', async () => {
    await gateway.turn({ outage: true })
    expect(await failure(gateway.charge('k1'))).toMatchObject({ statusCode: 503, rawType: 'api_error' })
    expect(await gateway.ledger()).toEqual([])

    await gateway.turn({ outage: false })
    const intent = await gateway.charge('k1', { amount: 5 })

    expect(intent.lastResponse.headers['idempotent-replayed']).toBeUndefined()
    expect(await gateway.ledger()).toMatchObject([{ amountCents: 5 }])
  })

  it('a caller that gives up waiting is charged nevertheless, once', async () => {
    await gateway.turn({ delayMs: 200 })
    const params = { ...{ amount: 7, currency: 'eur', payment_method: 'pm_card_visa', confirm: true }, ...CARD_ONLY }
    const hasty = gateway.stripe.paymentIntents.create(params, { idempotencyKey: 'k1', timeout: 50 })
    expect(await failure(hasty)).toBeInstanceOf(Stripe.errors.StripeConnectionError)

    await until(async () => (await gateway.ledger()).length === 1)
    await gateway.turn({ delayMs: 0 })
    const replayed = await gateway.stripe.paymentIntents.create(params, { idempotencyKey: 'k1' })

    expect(await gateway.ledger()).toMatchObject([{ intentId: replayed.id }])
  })

  it('a torn last line was never answered: it is dropped, and the next charge starts a clean line', async () => {
    await gateway.charge('k1')
    await gateway.shutDown()
    await appendFile(gateway.ledgerPath, '{"kind":"charge","key":"k2","amountC')
    await gateway.boot()

    await gateway.charge('k3')

    expect(await gateway.ledger()).toMatchObject([{ key: 'k1' }, { key: 'k3' }])
    const lines = (await readFile(gateway.ledgerPath, 'utf8')).split('\n')
    expect(lines.map((line) => line && JSON.parse(line).key)).toEqual(['k1', 'k3', ''])
  })

  it.each([
    ['zeros', '\0'.repeat(4_096)],
    ['garbage of several lines', 'x\0\n{"kind":\n\n\uffff'],
  ])('%s at the end, as a power cut leaves them, were never answered either', async (_what, end) => {
    await gateway.charge('k1')
    await gateway.shutDown()
    await appendFile(gateway.ledgerPath, end)
    await gateway.boot()

    await gateway.charge('k3')

    expect(await gateway.ledger()).toMatchObject([{ key: 'k1' }, { key: 'k3' }])
  })

  it('a ledger that is damaged elsewhere is not opened as if nothing were wrong', async () => {
    await gateway.charge('k1')
    await gateway.shutDown()
    const line = await readFile(gateway.ledgerPath, 'utf8')
    await appendFile(gateway.ledgerPath, `garbage\n${line.replace('k1', 'k2')}`)

    await expect(gateway.boot()).rejects.toThrow('cannot be loaded')

    await rm(gateway.ledgerPath)
    await gateway.boot()
  })

  it('a ledger of a version before is read, whose refunds had no status', async () => {
    const { id, latest_charge: chargeId } = await gateway.charge('k1')
    await gateway.shutDown()
    const facts = {
      key: 'r1',
      fingerprint: 'x',
      orderId: 'o-1',
      metadata: {},
      amountCents: 200,
      currency: 'eur',
      at: 1,
    }
    await appendFile(
      gateway.ledgerPath,
      `${JSON.stringify({ ...facts, kind: 'refund', intentId: id, chargeId, refundId: 're_1' })}\n`,
    )
    await gateway.boot()

    expect(await gateway.stripe.refunds.retrieve('re_1')).toMatchObject({ status: 'succeeded', amount: 200 })
  })

  it('a page that was paid is done, also where a power cut took the line that says so', async () => {
    const terms = { mode: 'payment', success_url: BACK } as const
    const line_items = [{ price_data: { currency: 'eur', unit_amount: 100, product_data: { name: 'Mug' } } }]
    const { id, url } = await gateway.stripe.checkout.sessions.create({ ...terms, line_items })
    await fetch(String(url), {
      method: 'POST',
      body: new URLSearchParams({ card: 'pm_card_visa' }),
      redirect: 'manual',
    })
    await gateway.shutDown()
    const lines = (await readFile(gateway.ledgerPath, 'utf8')).trimEnd().split('\n')
    await writeFile(gateway.ledgerPath, `${lines.slice(0, 2).join('\n')}\n`)
    await gateway.boot()

    expect(lines).toHaveLength(3)
    expect(await gateway.stripe.checkout.sessions.retrieve(id)).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
    })
    expect(await failure(gateway.stripe.checkout.sessions.expire(id))).toMatchObject({ statusCode: 400 })
  })

  it('in an outage its pages are away, too, and nobody is charged by them', async () => {
    const asked = await gateway.challenge('k1')
    await gateway.turn({ outage: true })

    await expect(gateway.answer(asked, 'confirm')).rejects.toThrow('503')

    await gateway.turn({ outage: false })
    expect((await gateway.answer(asked, 'confirm')).searchParams.get('redirect_status')).toBe('succeeded')
  })

  it('charges that arrive together are all on disk when they are answered', async () => {
    const keys = Array.from({ length: 200 }, (_, i) => `k${i}`)

    await Promise.all(keys.map((key) => gateway.charge(key, { orderId: key })))

    const lines = (await readFile(gateway.ledgerPath, 'utf8')).trimEnd().split('\n')
    expect(new Set(lines.map((line) => JSON.parse(line).key))).toEqual(new Set(keys))
  })

  it('for one order it answers with something that is no payment, and makes none, until it is told better', async () => {
    await gateway.turn({ nonsenseFor: 'o-2' })
    expect(Object.keys(await gateway.charge('k2', { orderId: 'o-2' }))).not.toContain('status')
    expect((await gateway.charge('k1', { orderId: 'o-1' })).status).toBe('succeeded')

    await gateway.turn({ nonsenseFor: '' })

    expect((await gateway.charge('k2', { orderId: 'o-2' })).status).toBe('succeeded')
    expect(await gateway.ledger('o-2')).toHaveLength(1)
  })

  it('a switch that makes no sense is refused and changes nothing', async () => {
    expect((await gateway.turn({ loseAnswers: 2 })).status).toBe(400)
    expect((await gateway.turn({ delayMs: 60_001 })).status).toBe(400)
    expect((await gateway.turn({ outrage: true })).status).toBe(400)

    const switches = await fetch(`${gateway.url}/_switches`)
    expect(await switches.json()).toEqual(allWell())
    expect(await (await fetch(`${gateway.url}/healthz`)).json()).toEqual({ status: 'ok' })
  })
})
