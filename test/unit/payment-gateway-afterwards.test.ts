import { describe, expect, it } from '@jest/globals'
import { failure, useGateway } from '../gateway-rig.ts'
import { until } from '../until.ts'

const gateway = useGateway()

const byHand = async (path: string, body: object) => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${gateway.url}/_dashboard/${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  return { status: response.status, body: JSON.parse(await response.text()) }
}

describe('a refund', () => {
  it('of some cards is pending at first, and succeeds later', async () => {
    await gateway.turn({ settleMs: 200 })
    const { id } = await gateway.charge('k1', { card: 'pm_card_pendingRefund' })

    const refund = await gateway.stripe.refunds.create({ payment_intent: id, reason: 'requested_by_customer' })

    expect(refund).toMatchObject({ status: 'pending', reason: 'requested_by_customer' })
    await until(async () => (await gateway.stripe.refunds.retrieve(refund.id)).status === 'succeeded')
    const { data } = await gateway.stripe.refunds.list({ payment_intent: id })
    expect(data).toMatchObject([{ id: refund.id, created: refund.created, status: 'succeeded' }])
    expect((await gateway.told()).slice(-2)).toEqual(['refund.updated', 'charge.refund.updated'])
  })

  it('of others fails later, so that the money is the shop’s again, also across a restart', async () => {
    const { id } = await gateway.charge('k1', { card: 'pm_card_refundFail' })
    const { id: refund, status } = await gateway.stripe.refunds.create({ payment_intent: id }, { idempotencyKey: 'r1' })
    await gateway.reboot()

    await gateway.turn({ aheadMs: 60_000 })

    expect(status).toBe('succeeded')
    await until(async () => (await gateway.stripe.refunds.retrieve(refund)).status === 'failed')
    expect(await gateway.stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] })).toMatchObject({
      latest_charge: { refunded: false, amount_refunded: 0 },
    })
    expect(await gateway.stripe.refunds.create({ payment_intent: id }, { idempotencyKey: 'r1' })).toMatchObject({
      id: refund,
      status: 'succeeded',
    })
    expect(await gateway.told()).toContain('refund.failed')
  })

  it('can be made at the gateway itself, which tells of it', async () => {
    const { id } = await gateway.charge('k1', { amount: 1_000 })

    const made = await byHand('refunds', { paymentIntent: id, amountCents: 300 })
    const tooMuch = await byHand('refunds', { paymentIntent: id, amountCents: 701 })
    const misspelt = await byHand('refunds', { paymentIntent: id, cents: 1 })

    expect([made.status, tooMuch.status, misspelt.status]).toEqual([200, 400, 422])
    expect(made.body).toMatchObject({ object: 'refund', amount: 300, payment_intent: id, status: 'succeeded' })
    expect(await gateway.ledger('o-1')).toMatchObject([
      { kind: 'charge' },
      { kind: 'refund', amountCents: 300, status: 'succeeded' },
    ])
    expect((await gateway.told()).slice(-2)).toEqual(['refund.created', 'charge.refunded'])
  })
})

describe('a dispute', () => {
  it('comes of some cards after the charge, and can be won', async () => {
    await gateway.turn({ settleMs: 100 })
    const { id } = await gateway.charge('k1', { card: 'pm_card_createDispute' })
    const dispute = await until(async () => (await gateway.stripe.disputes.list({ payment_intent: id })).data[0])
    const refund = await failure(gateway.stripe.refunds.create({ payment_intent: id }))

    const won = await gateway.stripe.disputes.update(dispute.id, {
      evidence: { uncategorized_text: 'winning_evidence' },
    })

    expect(dispute).toMatchObject({
      amount: 4200,
      reason: 'fraudulent',
      status: 'needs_response',
      is_charge_refundable: false,
    })
    expect(refund).toMatchObject({ statusCode: 400, code: 'charge_disputed' })
    expect(won).toMatchObject({ id: dispute.id, status: 'won', created: dispute.created })
    expect((await gateway.told()).slice(3)).toEqual([
      ...['charge.dispute.created', 'charge.dispute.funds_withdrawn'],
      ...['charge.dispute.closed', 'charge.dispute.funds_reinstated'],
    ])
    expect((await gateway.stripe.refunds.create({ payment_intent: id })).amount).toBe(4200)
  })

  it('can be opened and lost by hand, once', async () => {
    const { id } = await gateway.charge('k1')

    const { body: dispute } = await byHand('disputes', {
      paymentIntent: id,
      reason: 'product_not_received',
      amountCents: 200,
    })
    const lost = await byHand(`disputes/${dispute.id}`, { status: 'lost' })
    const again = await byHand(`disputes/${dispute.id}`, { status: 'won' })

    expect([lost.body.status, again.status]).toEqual(['lost', 400])
    expect(await gateway.ledger('o-1')).toMatchObject([
      { kind: 'charge' },
      {
        kind: 'dispute',
        disputeId: dispute.id,
        amountCents: 200,
        reason: 'product_not_received',
        status: 'needs_response',
      },
      { kind: 'dispute', disputeId: dispute.id, status: 'lost' },
    ])
  })

  it('may be a question at first, and several may share a charge', async () => {
    await gateway.turn({ settleMs: 1 })
    const { id } = await gateway.charge('k1', { card: 'pm_card_createDisputeInquiry' })
    const { id: twice } = await gateway.charge('k2', { card: 'pm_card_createMultipleDisputes', amount: 999 })
    const inquiry = await until(async () => (await gateway.stripe.disputes.list({ payment_intent: id })).data[0])
    const both = await until(async () => {
      const { data } = await gateway.stripe.disputes.list({ payment_intent: twice })
      return data.length === 2 && data
    })

    const raised = await gateway.stripe.disputes.update(inquiry.id, {
      evidence: { uncategorized_text: 'escalate_inquiry_evidence' },
    })
    const given = await gateway.stripe.disputes.close(both[0]?.id ?? '')

    expect([inquiry.status, raised.status, given.status]).toEqual(['warning_needs_response', 'needs_response', 'lost'])
    expect(both.reduce((sum, { amount }) => sum + amount, 0)).toBe(999)
  })
})
