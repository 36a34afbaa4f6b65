import { describe, expect, it } from '@jest/globals'
import Stripe from 'stripe'
import { API_VERSION } from '../../simulators/payment-gateway/objects/event-object.ts'
import { failure, useGateway } from '../gateway-rig.ts'

const gateway = useGateway()

describe('events', () => {
  it('tell every change, with the object as it was then', async () => {
    const asked = await gateway.challenge('k1')
    await gateway.answer(asked, 'refuse')
    await gateway.stripe.paymentIntents.cancel(asked.id)

    expect(await gateway.told()).toEqual([
      'payment_intent.created',
      'payment_intent.requires_action',
      'payment_intent.payment_failed',
      'payment_intent.canceled',
    ])
    const { data } = await gateway.stripe.events.list()
    expect(data.map(({ data: { object } }) => 'status' in object && object.status)).toEqual([
      ...['canceled', 'requires_payment_method', 'requires_action', 'requires_action'],
    ])
    expect(data[0]?.api_version).toBe(API_VERSION)
  })

  it('are those of a charge and its refund', async () => {
    const { id } = await gateway.charge('k1')
    await gateway.stripe.refunds.create({ payment_intent: id })

    expect(await gateway.told()).toEqual([
      ...['payment_intent.created', 'payment_intent.succeeded', 'charge.succeeded'],
      ...['refund.created', 'charge.refunded'],
    ])
    const { data } = await gateway.stripe.events.list({ type: 'charge.refunded' })
    expect(data).toMatchObject([{ data: { object: { object: 'charge', refunded: true, payment_intent: id } } }])
  })

  it('stay the same after a restart, each under its id', async () => {
    await gateway.charge('k1')
    const before = await gateway.stripe.events.list()

    await gateway.reboot()

    const after = await gateway.stripe.events.list()
    expect(after.data).toEqual(before.data)
    for (const event of after.data)
      expect(await gateway.stripe.events.retrieve(event.id)).toMatchObject({ id: event.id })
    expect(await failure(gateway.stripe.events.retrieve('evt_x'))).toMatchObject({ statusCode: 404 })
  })

  it('are paged in both directions, without a gap or a double', async () => {
    for (const key of ['k1', 'k2', 'k3', 'k4']) await gateway.charge(key, { orderId: key })
    const all = (await gateway.stripe.events.list({ limit: 100 })).data.map(({ id }) => id)

    const older: string[] = []
    for await (const { id } of gateway.stripe.events.list({ limit: 5 })) older.push(id)
    const newer = await gateway.stripe.events.list({ limit: 3, ending_before: all[5] ?? '' })

    expect(all).toHaveLength(12)
    expect(older).toEqual(all)
    expect([newer.data.map(({ id }) => id), newer.has_more]).toEqual([all.slice(2, 5), true])
    expect(await failure(gateway.stripe.events.list({ starting_after: 'evt_x' }))).toMatchObject({ statusCode: 400 })
  })

  it('are chosen by time and by type', async () => {
    await gateway.charge('k1')
    await gateway.turn({ aheadMs: 3_600_000 })
    await gateway.charge('k2', { orderId: 'o-2' })
    const late = Math.floor(Date.now() / 1_000) + 1_800

    const since = await gateway.stripe.events.list({
      created: { gte: late },
      types: ['payment_intent.succeeded', 'charge.failed'],
    })
    const until = await gateway.stripe.events.list({ created: { lt: late } })

    expect(since.data).toMatchObject([{ data: { object: { metadata: { orderId: 'o-2' } } } }])
    expect(until.data).toHaveLength(3)
    await gateway.turn({ aheadMs: 32 * 24 * 3_600_000 })
    expect((await gateway.stripe.events.list()).data).toEqual([])
  })

  it('are told by the version that the SDK speaks', () => {
    expect(API_VERSION).toBe(Stripe.API_VERSION)
  })
})
