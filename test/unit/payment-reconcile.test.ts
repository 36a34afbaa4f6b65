import { describe, expect, it } from '@jest/globals'
import { answerTo, type Facts, factsAbout, type Story } from '../../services/payment/facts.ts'
import type { Intent, Page, Refund } from '../../services/payment/gateway.ts'
import type { Payment, PaymentState } from '../../services/payment/payments.ts'
import { reconcile } from '../../services/payment/reconcile.ts'

const NOW = 1_790_000_000_000

const payment = (state: PaymentState, parts: Partial<Payment> = {}): Payment => ({
  ...{
    orderId: 'o',
    number: 'OL-1',
    state,
    totalCents: 3_600,
    currency: 'EUR',
    paymentMethod: 'pm_card_visa',
    tender: 1,
  },
  ...{ payBy: NOW, chargeId: state === 'charging' ? null : 'pi_1', sessionId: null, refundId: null, reason: null },
  ...{ calledOff: null, at: NOW, ...parts },
})
const intent = (status: Intent['status'], parts: Partial<Intent> = {}): Intent => ({
  ...{ id: 'pi_1', status, reason: null, url: status === 'challenged' ? 'https://gateway.example/1' : null, ...parts },
})
const page = (status: Page['status'], made: Intent | null = null): Page => ({
  ...{ id: 'cs_1', status, url: status === 'open' ? 'https://gateway.example/pay' : null, intent: made },
})
const refund = (id: string, cents: number, parts: Partial<Refund> = {}): Refund => ({
  ...{ id, cents, status: 'succeeded', asked: null, reason: null, ...parts },
})
const story = (one: Payment, parts: Partial<Story> = {}): Story => ({
  payment: one,
  refunds: [],
  disputes: [],
  ...parts,
})

/** What becomes of it: the state, and what is told. */
function become(before: Payment, facts: Facts, parts: Partial<Story> = {}): string {
  const { story: after, events } = reconcile(story(before, parts), facts)
  const told = events.map(({ name }) => name).filter((name) => name !== 'gateway.told')
  return [after.payment.state, ...told].join(' ')
}

describe('an answer to a tender', () => {
  it.each([
    ['captured', 'captured payment.captured'],
    ['open', 'declined payment.declined'],
    ['challenged', 'challenged payment.challenged'],
    ['processing', 'processing'],
    ['canceled', 'declined payment.declined'],
  ] as const)('is a word: %s', (status, outcome) => {
    const before = payment('charging')

    expect(become(before, answerTo(before, { intent: intent(status) }))).toBe(outcome)
  })

  it('may be that the gateway has begun no payment at all', () => {
    const before = payment('charging')

    const { story: after, events } = reconcile(story(before), answerTo(before, { refusal: 'unknown_payment_method' }))

    expect(after.payment).toMatchObject({ state: 'declined', chargeId: null, reason: 'unknown_payment_method' })
    expect(events).toMatchObject([{ data: { reason: 'unknown_payment_method', tender: 1, payBy: NOW } }])
  })

  it('keeps the gateway’s code, and tells no secret', () => {
    const before = payment('charging')
    const stolen = answerTo(before, { intent: intent('open', { reason: 'stolen_card' }) })

    const { story: after, events } = reconcile(story(before), stolen)

    expect(after.payment).toMatchObject({ state: 'declined', chargeId: 'pi_1', reason: 'stolen_card' })
    expect(events).toMatchObject([{ data: { reason: 'card_declined' } }])
  })

  it('says where the customer has to go', () => {
    const before = payment('charging', { tender: 2 })

    const { events } = reconcile(story(before), answerTo(before, { intent: intent('challenged') }))

    expect(events).toMatchObject([{ data: { tender: 2, kind: 'confirm', url: 'https://gateway.example/1' } }])
  })

  it('that it has to be processed is looked at once more, for what was told before that was no news', () => {
    const before = payment('charging')

    const { events } = reconcile(story(before), answerTo(before, { intent: intent('processing') }))

    expect(events).toMatchObject([{ name: 'gateway.told', subject: 'o', data: { told: 'look-o-1', object: 'pi_1' } }])
  })

  it('that comes twice is told once', () => {
    const before = payment('charging')
    for (const status of ['captured', 'open', 'challenged', 'processing'] as const) {
      const answer = answerTo(before, { intent: intent(status) })
      const once = reconcile(story(before), answer)

      expect(reconcile(once.story, answer)).toEqual({ story: once.story, events: [] })
    }
  })
})

describe('how a payment is seen to stand', () => {
  const seen = (before: Payment, status: Intent['status']) => factsAbout(before, { intent: intent(status) })

  it.each([
    ['charging', 'captured', 'captured payment.captured'],
    ['charging', 'challenged', 'challenged payment.challenged'],
    ['charging', 'processing', 'processing'],
    ['charging', 'open', 'charging'], // that may still be the tender before
    ['charging', 'canceled', 'charging'], // likewise
    ['challenged', 'captured', 'captured payment.captured'],
    ['challenged', 'challenged', 'challenged'],
    ['challenged', 'processing', 'processing'],
    ['challenged', 'open', 'declined payment.declined'],
    ['challenged', 'canceled', 'declined payment.declined'],
    ['processing', 'captured', 'captured payment.captured'],
    ['processing', 'challenged', 'processing'],
    ['processing', 'open', 'declined payment.declined'],
    ['processing', 'canceled', 'declined payment.declined'],
    ['declined', 'captured', 'captured payment.captured'],
    ['declined', 'challenged', 'declined'],
    ['declined', 'open', 'declined'],
    ['declined', 'canceled', 'declined'],
    ['captured', 'captured', 'captured'],
    ['captured', 'open', 'captured'],
    ['captured', 'canceled', 'captured'],
    ['refunded', 'captured', 'refunded'],
    ['cancelled', 'open', 'cancelled'],
  ] as const)('moves one that is %s, and %s there: %s', (state, status, outcome) => {
    const before = payment(state)

    expect(become(before, seen(before, status))).toBe(outcome)
  })

  it('was not confirmed where it was canceled while its customer was asked', () => {
    const before = payment('challenged')

    const { story: after, events } = reconcile(story(before), seen(before, 'canceled'))

    expect(after.payment).toMatchObject({ state: 'declined', chargeId: null })
    expect(events).toMatchObject([{ data: { reason: 'not_confirmed' } }])
  })

  it('says nothing of a tender that came after it was looked at', () => {
    const first = payment('declined')
    const second = payment('challenged', { tender: 2 })

    for (const status of ['open', 'challenged', 'processing', 'canceled'] as const)
      expect(become(second, seen(first, status))).toBe('challenged')
    expect(become(second, seen(first, 'captured'))).toBe('captured payment.captured')
  })

  it('says nothing of a challenge that came after it was looked at', () => {
    const before = payment('charging', { tender: 2, chargeId: 'pi_1' })

    expect(become(payment('challenged', { tender: 2 }), seen(before, 'open'))).toBe('challenged')
  })

  it('is for the answer to say where another means is on its way, though it was canceled to make room for that', () => {
    const before = payment('charging', { paymentMethod: 'hosted', tender: 2, chargeId: 'pi_1' })

    expect(become(before, seen(before, 'canceled'))).toBe('charging')
    expect(become(before, answerTo(before, { intent: intent('canceled') }))).toBe('declined payment.declined')
  })

  it('says nothing where it is another payment of the order that was canceled', () => {
    const before = payment('challenged', { chargeId: 'pi_2' })

    expect(become(before, seen(before, 'canceled'))).toBe('challenged')
  })

  it('is told once, in whatever order things were seen', () => {
    const [charging, challenged] = [payment('charging'), payment('challenged')]
    const facts = [
      answerTo(charging, { intent: intent('challenged') }),
      ...[seen(challenged, 'processing'), seen(challenged, 'captured'), seen(challenged, 'captured')],
    ]
    for (const order of permutations(facts)) {
      const told: string[] = []
      let now = story(charging)
      for (const one of order) {
        const { story: next, events } = reconcile(now, one)
        now = next
        told.push(...events.map(({ name }) => name))
      }
      expect(now.payment.state).toBe('captured')
      expect(told.filter((name) => name === 'payment.captured')).toHaveLength(1)
      expect(told.filter((name) => name === 'payment.challenged').length).toBeLessThanOrEqual(1)
    }
  })
})

describe('the gateway’s own page', () => {
  const hosted = (state: PaymentState) =>
    payment(state, { paymentMethod: 'hosted', chargeId: null, sessionId: state === 'charging' ? null : 'cs_1' })

  it.each([
    ['charging', page('open'), 'challenged payment.challenged'],
    ['challenged', page('open'), 'challenged'],
    ['challenged', page('open', intent('open', { reason: 'generic_decline' })), 'challenged'], // he may try another card there
    ['challenged', page('complete', intent('captured')), 'captured payment.captured'],
    ['challenged', page('complete', intent('processing')), 'processing'],
    ['processing', page('complete', intent('open')), 'declined payment.declined'],
    ['processing', page('complete', intent('captured')), 'captured payment.captured'],
    ['challenged', page('expired'), 'declined payment.declined'],
    ['challenged', page('expired', intent('canceled')), 'declined payment.declined'],
    ['captured', page('expired'), 'captured'],
  ] as const)('moves one that is %s', (state, found, outcome) => {
    const before = hosted(state)

    expect(become(before, factsAbout(before, { page: found }))).toBe(outcome)
  })

  it('is where the customer is sent, and its payment is the order’s', () => {
    const before = hosted('charging')
    const opened = reconcile(story(before), answerTo(before, { page: page('open') }))

    expect(opened.story.payment).toMatchObject({ sessionId: 'cs_1', chargeId: null })
    expect(opened.events).toMatchObject([{ data: { kind: 'hosted', url: 'https://gateway.example/pay' } }])

    const paid = factsAbout(opened.story.payment, { page: page('complete', intent('captured', { id: 'pi_9' })) })
    expect(reconcile(opened.story, paid).story.payment.chargeId).toBe('pi_9')
  })

  it('that was never opened leaves nothing to pay with', () => {
    const before = payment('charging', { paymentMethod: 'hosted', chargeId: 'pi_1', tender: 2 })

    const { story: after } = reconcile(story(before), answerTo(before, { refusal: 'processing_error' }))

    expect(after.payment).toMatchObject({ state: 'declined', chargeId: null })
  })
})

describe('what was called off', () => {
  const off = (state: PaymentState) => payment(state, { calledOff: 'cancelled' })
  const ended = (before: Payment, parts: Partial<Facts>) => factsAbout(before, { isAnswer: true, ...parts })

  it.each([
    ['charging', 'open', 'cancelled'],
    ['charging', 'canceled', 'cancelled'],
    ['charging', 'challenged', 'charging'], // whoever called it off sees to that
    ['challenged', 'canceled', 'cancelled'],
    ['processing', 'processing', 'processing'],
    ['processing', 'open', 'cancelled'],
    ['declined', 'canceled', 'declined'],
  ] as const)('is over without a word where nothing was paid: %s, %s', (state, status, outcome) => {
    const before = off(state)

    expect(become(before, ended(before, { intent: intent(status) }))).toBe(outcome)
  })

  it('is given back where it was paid, and that is all that is told', () => {
    const before = off('charging')

    const facts = ended(before, { intent: intent('captured'), refunds: [refund('re_1', 3_600)] })

    expect(become(before, facts)).toBe('refunded payment.refunded')
  })

  it('is seen to when it is paid after all, by whoever learns of it', () => {
    const before = off('processing')

    const { story: after, events } = reconcile(story(before), factsAbout(before, { intent: intent('captured') }))

    expect(after.payment.state).toBe('captured')
    expect(events).toMatchObject([
      { name: 'payment.captured' },
      { name: 'gateway.told', subject: 'o', data: { type: 'payment.calledOff', object: 'pi_1' } },
    ])
  })

  it('is told to be kept where the gateway will not give it back', () => {
    const before = off('charging')
    const notRefunded = { asked: null, cents: 3_600, reason: 'the charge is disputed' }

    const facts = ended(before, { intent: intent('captured'), refunds: [], notRefunded })

    expect(become(before, facts)).toBe('captured payment.captured payment.refundRefused')
  })
})

describe('money that goes back', () => {
  const paid = payment('captured')
  const seen = (...refunds: Refund[]) => factsAbout(paid, { intent: intent('captured'), refunds })

  it('in part leaves it paid, and says what is left', () => {
    const { story: after, events } = reconcile(story(paid), seen(refund('re_1', 1_000, { asked: 'a' })))

    expect(after.payment).toMatchObject({ state: 'captured', refundId: 're_1' })
    expect(events).toMatchObject([
      { name: 'payment.refunded', data: { totalCents: 1_000, leftCents: 2_600, refundId: 're_1', asked: 'a' } },
    ])
  })

  it('in several parts is told part by part, each once', () => {
    const first = reconcile(story(paid), seen(refund('re_1', 1_000)))
    const second = reconcile(first.story, seen(refund('re_1', 1_000), refund('re_2', 2_600)))

    expect(second.story.payment).toMatchObject({ state: 'refunded', refundId: 're_2' })
    expect(second.events).toMatchObject([{ data: { refundId: 're_2', leftCents: 0 } }])
    expect(reconcile(second.story, seen(refund('re_1', 1_000)))).toEqual({ story: second.story, events: [] })
  })

  it('is on its way until it has arrived, and is told once', () => {
    const pending = reconcile(story(paid), seen(refund('re_1', 3_600, { status: 'pending' })))
    const arrived = reconcile(pending.story, seen(refund('re_1', 3_600)))

    expect(pending.story.payment.state).toBe('refunded')
    expect(arrived.events).toEqual([])
    expect(arrived.story.refunds).toMatchObject([{ status: 'succeeded' }])
  })

  it('may fail after it was told, and then it is ours again', () => {
    const told = reconcile(story(paid), seen(refund('re_1', 3_600, { asked: 'a' })))
    const failed = refund('re_1', 3_600, { asked: 'a', status: 'failed', reason: 'lost_or_stolen_card' })
    const back = reconcile(told.story, seen(failed))

    expect(back.story.payment.state).toBe('captured')
    expect(back.events).toMatchObject([
      {
        name: 'payment.refundRefused',
        data: { asked: null, refundId: expect.any(String), cents: 3_600, reason: 'lost_or_stolen_card' },
      },
    ])
    expect(reconcile(back.story, seen(refund('re_1', 3_600))).events).toEqual([]) // seen before it failed
  })

  it('is refused to whoever asked for it', () => {
    const notRefunded = { asked: 'a', cents: 9_999, reason: 'only 3600 cents are left of it' }

    const { story: after, events } = reconcile(story(paid), factsAbout(paid, { notRefunded }))

    expect(after).toEqual(story(paid))
    expect(events).toMatchObject([{ name: 'payment.refundRefused', data: { asked: 'a', cents: 9_999 } }])
  })

  it('is told after the payment where both are learned at once', () => {
    const before = payment('charging')
    const facts = answerTo(before, { intent: intent('captured') })

    expect(become(before, { ...facts, refunds: [refund('re_1', 3_600)] })).toBe(
      'refunded payment.captured payment.refunded',
    )
  })

  it('by a dispute is told as it is opened and as it ends, each once', () => {
    const dispute = { id: 'du_1', cents: 3_600, reason: 'fraudulent', status: 'opened' as const }
    const opened = reconcile(story(paid), factsAbout(paid, { disputes: [dispute] }))
    const again = reconcile(opened.story, factsAbout(paid, { disputes: [dispute] }))
    const lost = reconcile(again.story, factsAbout(paid, { disputes: [{ ...dispute, status: 'lost' }] }))
    const late = reconcile(lost.story, factsAbout(paid, { disputes: [dispute] }))

    expect(opened.events).toMatchObject([{ name: 'payment.disputed', data: { dispute: 'du_1', status: 'opened' } }])
    expect(lost.events).toMatchObject([{ data: { status: 'lost' } }])
    expect([...again.events, ...late.events]).toEqual([])
  })
})

function permutations<T>(items: T[]): T[][] {
  if (items.length <= 1) return [items]
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((others) => [item, ...others]))
}
