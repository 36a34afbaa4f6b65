import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { useGateway } from '../gateway-rig.ts'
import { until } from '../until.ts'
import { useEar } from '../webhook-ear.ts'

const SECRET = 'whsec_of_this_test'
const ear = useEar(SECRET)
const gateway = useGateway()
const secrets = ['whsec_next', SECRET] // while one replaces the other

beforeEach(() => gateway.reboot({ url: ear.url, secrets }))

describe('webhooks', () => {
  it('tell what changes, signed so that the SDK believes it', async () => {
    const { id } = await gateway.charge('k1')
    await gateway.stripe.refunds.create({ payment_intent: id })

    await until(() => ear.heard.length === 3)

    expect(ear.types.sort()).toEqual(['charge.refunded', 'payment_intent.succeeded', 'refund.created'])
    expect(await gateway.stripe.events.retrieve(String(ear.heard[0]?.id))).toMatchObject({ type: ear.heard[0]?.type })
  })

  it('come again until they are taken', async () => {
    ear.status = 500
    await gateway.charge('k1')
    await until(
      async () =>
        (await gateway.stripe.events.list({ type: 'payment_intent.succeeded' })).data[0]?.pending_webhooks === 1,
    )

    ear.status = 200

    await until(() => ear.heard.length === 1)
    await until(
      async () =>
        (await gateway.stripe.events.list({ type: 'payment_intent.succeeded' })).data[0]?.pending_webhooks === 0,
    )
  })

  it('that have not arrived are told after a restart', async () => {
    await ear.close()
    const { id } = await gateway.charge('k1')
    await gateway.shutDown()
    await ear.open()

    await gateway.boot({ url: ear.url, secrets })

    await until(() => ear.heard.length === 1)
    expect(ear.heard[0]?.data.object).toMatchObject({ id })
  })

  it('that nobody answers hold no shutdown up, and are told again', async () => {
    ear.status = 0
    await gateway.charge('k1')
    await until(() => ear.asked === 1)
    const startedAt = performance.now()

    await gateway.shutDown()

    expect(performance.now() - startedAt).toBeLessThan(5_000)
    ear.status = 200
    await gateway.boot({ url: ear.url, secrets })
    await until(() => ear.heard.length === 1)
  })

  it('are given up after three days', async () => {
    ear.status = 500
    await gateway.charge('k1')
    await gateway.turn({ aheadMs: 3 * 24 * 3_600_000 })

    await until(async () => {
      const { data } = await gateway.stripe.events.list({ type: 'payment_intent.succeeded' })
      return data[0]?.pending_webhooks === 0
    })

    expect(ear.heard).toEqual([])
  })

  it('of an endpoint that is new tell nothing of what was before it', async () => {
    await gateway.reboot()
    await rm(join(dirname(gateway.ledgerPath), 'payment-webhooks.json'))
    await gateway.charge('k1')
    await gateway.reboot({ url: ear.url, secrets })
    await gateway.charge('k2', { orderId: 'o-2' })

    await until(() => ear.heard.length > 0)

    expect(ear.heard[0]?.data.object).toMatchObject({ metadata: { orderId: 'o-2' } })
  })

  it('hold no request up', async () => {
    await gateway.turn({ webhookDelayMs: 60_000 })
    const startedAt = performance.now()

    await gateway.charge('k1')

    expect(performance.now() - startedAt).toBeLessThan(5_000)
    expect(ear.heard).toEqual([])
  })

  it('can be doubled, shuffled, lost, forged, and off', async () => {
    await gateway.turn({ webhookCopies: 3, webhooksShuffled: true })
    await gateway.charge('k1')
    await until(() => ear.heard.length === 3)
    expect(new Set(ear.heard.map(({ id }) => id)).size).toBe(1)

    await gateway.turn({ webhookCopies: 0, webhooksShuffled: false, webhookForged: 1 })
    await gateway.charge('k2')
    await until(() => ear.refused > 0)
    await gateway.turn({ webhookForged: 0 })
    await until(() => ear.heard.length === 4)

    await gateway.turn({ webhookLost: 1 })
    await gateway.charge('k3')
    await until(
      async () =>
        (await gateway.stripe.events.list({ type: 'payment_intent.succeeded' })).data[0]?.pending_webhooks === 0,
    )
    await gateway.turn({ webhookLost: 0, webhooksOff: true, webhookDelayMs: 300 })
    await gateway.charge('k4')
    await gateway.turn({ webhooksOff: false, webhookDelayMs: 600 }) // so the one that was off would come first
    await gateway.charge('k5', { orderId: 'o-5' })
    await until(() => ear.heard.at(-1)?.data.object && ear.heard.length >= 5)
    expect(ear.heard).toHaveLength(5)
    expect(ear.heard[4]?.data.object).toMatchObject({ metadata: { orderId: 'o-5' } })
  })
})
