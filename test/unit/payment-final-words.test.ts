import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { connectStripe } from '../../services/payment/stripe.ts'
import { Outage } from '../../shared/events.ts'
import { createLogger } from '../../shared/logger.ts'
import { createApp, listen } from '../../shared/web/http.ts'
import { ORDER } from '../protocol-bed.ts'

const OFFER = { ...ORDER, orderId: 'o1', tender: 1, at: 0 }

let reply: { status: number; body: object }
let server: Awaited<ReturnType<typeof listen>>
let asked: string[] = []
beforeEach(async () => {
  asked = []
  const app = createApp(createLogger('gateway', 'silent'), (routes) => {
    routes.use((req, res) => {
      asked.push(`${req.method} ${req.path}`)
      res.status(reply.status).json(reply.body)
    })
  })
  server = await listen(app, 0, '127.0.0.1')
})
afterEach(() => server.close())

const gateway = () => {
  const where = { STRIPE_SECRET_KEY: 'sk_test_x', STRIPE_API_BASE: server.url, SHOP_URL: 'http://localhost:3000' }
  return connectStripe(where, createLogger('payment', 'silent'))
}

const intent = (status: string, more: object = {}) => ({
  ...{
    id: 'pi_1',
    object: 'payment_intent',
    status,
    next_action: null,
    last_payment_error: null,
    metadata: {},
    ...more,
  },
})

describe('whatever state the gateway says a payment is in', () => {
  it.each([
    ['requires_payment_method', 'open'],
    ['requires_confirmation', 'open'],
    ['processing', 'processing'],
    ['requires_capture', 'processing'],
    ['succeeded', 'captured'],
    ['canceled', 'canceled'],
    ['something_new', 'processing'],
  ])('is an answer, and nothing to ask again for: %s', async (status, word) => {
    reply = { status: 200, body: intent(status) }

    expect(await gateway().charge(OFFER)).toEqual({
      ...{ intent: { id: 'pi_1', status: word, reason: null, url: null }, page: null, refusal: null },
    })
    expect(asked).toEqual(['POST /v1/payment_intents'])
  })

  it('has the address where its customer confirms', async () => {
    const next_action = {
      type: 'redirect_to_url',
      redirect_to_url: { url: 'https://bank.example/1', return_url: null },
    }
    reply = { status: 200, body: intent('requires_action', { next_action }) }

    expect((await gateway().charge(OFFER)).intent).toMatchObject({
      status: 'challenged',
      url: 'https://bank.example/1',
    })
  })

  it('cannot be confirmed where there is no such address, so it is cancelled at once', async () => {
    reply = { status: 200, body: intent('requires_action', { next_action: { type: 'use_stripe_sdk' } }) }

    const { intent: found } = await gateway().charge(OFFER)

    expect(asked).toEqual(['POST /v1/payment_intents', 'POST /v1/payment_intents/pi_1/cancel'])
    expect(found).toMatchObject({ reason: 'authentication_required' })
  })
})

describe('what the gateway will never do', () => {
  it.each([
    ['our key may not', 403, { type: 'invalid_request_error' }, 'processing_error'],
    ['the amount is too small', 400, { type: 'invalid_request_error', code: 'amount_too_small' }, 'processing_error'],
    [
      'it knows no such card',
      400,
      { type: 'invalid_request_error', param: 'payment_method' },
      'unknown_payment_method',
    ],
  ])('is a refusal: %s', async (_why, status, error, refusal) => {
    reply = { status, body: { error: { message: 'no', ...error } } }

    expect(await gateway().charge(OFFER)).toEqual({ intent: null, page: null, refusal })
    expect(await gateway().openPage(OFFER)).toMatchObject({ refusal: 'processing_error' })
    if (status === 400) expect(await gateway().refund(WISH)).toEqual({ ok: false, reason: 'no' })
  })

  it.each([401, 409, 500])('is not what it may do later: %i', async (status) => {
    reply = { status, body: { error: { type: 'api_error', message: 'not now' } } }

    for (const call of [gateway().charge(OFFER), gateway().openPage(OFFER), gateway().refund(WISH)])
      await expect(call).rejects.toBeInstanceOf(Outage)
  })
})

const WISH = { orderId: 'o1', chargeId: 'pi_1', cents: 1, asked: null, key: 'k' }

describe('an answer that is no payment', () => {
  it('is a failure and no outage, so that its message is given up in the end, for a person to see', async () => {
    reply = { status: 200, body: { object: 'nonsense' } }

    const failure = await gateway()
      .charge(OFFER)
      .catch((error: unknown) => error)

    expect(failure).not.toBeInstanceOf(Outage)
    expect(String(failure)).toContain('something that is no payment')
  })
})
