import { describe, expect, it } from '@jest/globals'
import type Stripe from 'stripe'
import { tokens } from '../../simulators/payment-gateway/cards/deck.ts'
import { BACK, failure, useGateway } from '../gateway-rig.ts'
import { until } from '../until.ts'

const gateway = useGateway()
const named = (pattern: RegExp) => tokens.filter((token) => pattern.test(token))

/** What a card comes to for a customer who is there, and its charge, if it got that far. */
async function charged(card: string) {
  const params = { amount: 4200, currency: 'eur', payment_method: card, confirm: true, return_url: BACK }
  return gateway.stripe.paymentIntents.create({ ...params, expand: ['latest_charge'] })
}

const statusOf = ({ status }: Stripe.PaymentIntent) => status
const typeOf = (error: Error) => 'rawType' in error && error.rawType
const PLAIN =
  /^pm_card_([a-z]{2}|[a-z]{2}_\w+|visa(?!_charge)\w*|mastercard\w*|amex\w*|discover|diners|jcb|unionpay|bypass\w+)$/

describe('the test cards of Stripe’s page', () => {
  it('are all there', () => {
    expect(named(/^pm_card_[a-z]{2}$/)).toHaveLength(56)
    expect(new Set(tokens).size).toBe(tokens.length)
    for (const name of ['us', 'gb', 'gb_debit', 'visa_cartesBancaires', 'jcb', 'riskLevelElevated', 'createDispute'])
      expect(tokens).toContain(`pm_card_${name}`)
  })

  it.each([
    ['simply work', PLAIN, 'succeeded'],
    ['are declined', /^pm_card_(charge|radarBlock|riskLevelHighest|threeDSecureRequiredProcessingError)/, 'card_error'],
    ['ask their holder', /^pm_card_(authenticationRequired|threeDSecure2?Required(?!Proc))/, 'requires_action'],
    ['are processed first', /^pm_(success|failed|disputed|exceeds|insufficientFunds)/, 'processing'],
  ])('that %s', async (_what, pattern, outcome) => {
    const cards = named(pattern)

    const found = await Promise.all(cards.map(async (card) => [card, await charged(card).then(statusOf, typeOf)]))

    expect(cards.length).toBeGreaterThan(5)
    expect(found).toEqual(cards.map((card) => [card, outcome]))
  })

  it('that support 3-D Secure ask where the shop wants it', async () => {
    const params = {
      amount: 1,
      currency: 'eur',
      payment_method: 'pm_card_threeDSecureOptional',
      confirm: true,
      return_url: BACK,
    }
    const asking = { payment_method_options: { card: { request_three_d_secure: 'any' } } } as const

    const usual = await gateway.stripe.paymentIntents.create(params)
    const asked = await gateway.stripe.paymentIntents.create({ ...params, ...asking })
    const broken = await failure(
      gateway.stripe.paymentIntents.create({
        ...params,
        ...asking,
        payment_method: 'pm_card_threeDSecureOptionalProcessingError',
      }),
    )

    expect([usual.status, asked.status, broken.code]).toEqual(['succeeded', 'requires_action', 'processing_error'])
  })

  it('that are set up for it are not asked while their holder is away', async () => {
    const params = {
      amount: 1,
      currency: 'eur',
      payment_method: 'pm_card_authenticationRequiredSetupForOffSession',
      confirm: true,
    }

    expect((await gateway.stripe.paymentIntents.create({ ...params, off_session: true })).status).toBe('succeeded')
  })

  it.each([
    ['pm_card_gb', { payment_method_details: { card: { brand: 'visa', country: 'GB' } } }],
    ['pm_card_amex', { payment_method_details: { card: { brand: 'amex', funding: 'credit' } } }],
    ['pm_card_riskLevelElevated', { paid: true, outcome: { risk_level: 'elevated', type: 'manual_review' } }],
    ['pm_card_cvcCheckFail', { payment_method_details: { card: { checks: { cvc_check: 'fail' } } } }],
    [
      'pm_card_avsFail',
      {
        payment_method_details: {
          card: { checks: { address_postal_code_check: 'fail', address_line1_check: 'fail' } },
        },
      },
    ],
    [
      'pm_card_avsUnchecked',
      { payment_method_details: { card: { checks: { address_postal_code_check: 'unavailable' } } } },
    ],
  ])('%s shows it in its charge', async (card, shown) => {
    expect((await charged(card)).latest_charge).toMatchObject(shown)
  })

  it('of which issuers warn are told of, and debits are for euros alone', async () => {
    await charged('pm_card_createIssuerFraudRecord')
    const params = { amount: 1, currency: 'usd', payment_method: 'pm_success_de', confirm: true, return_url: BACK }

    expect(await gateway.told()).toContain('radar.early_fraud_warning.created')
    expect(await failure(gateway.stripe.paymentIntents.create(params))).toMatchObject({
      statusCode: 400,
      param: 'currency',
    })
  })

  it('say when a debit fails, and that it may be tried with another', async () => {
    const { id } = await charged('pm_insufficientFunds_fr')
    await until(async () => (await gateway.ledger()).length === 2)
    const intent = await gateway.stripe.paymentIntents.retrieve(id)
    const paid = await gateway.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa', return_url: BACK })

    expect(intent).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'insufficient_funds' },
    })
    expect(paid.status).toBe('succeeded')
  })

  it('cannot be cancelled while they are processed, and are charged once', async () => {
    const { id } = await charged('pm_successDelayed_de')

    expect(await failure(gateway.stripe.paymentIntents.cancel(id))).toMatchObject({
      code: 'payment_intent_unexpected_state',
    })
    expect(
      await failure(gateway.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa', return_url: BACK })),
    ).toMatchObject({ statusCode: 400 })
  })
})
