import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { answerChallenge } from './answer-challenge.ts'
import { type Answer, askOnce, askUntilAnswered, isBusy, look } from './ask.ts'
import type { Deps } from './customers.ts'
import type { Offer } from './dealings.ts'
import type { Errand } from './order-mix.ts'
import { complain, count } from './receipts.ts'

const LOOK_EVERY_MS = 400
const TOO_LONG_MS = 60_000

const story = z.object({
  state: z.string(),
  payBy: z.iso.datetime().nullable(),
  challenge: z.object({ url: z.string() }).nullable(),
})

type Story = z.infer<typeof story>

/** What somebody pays with, and under which keys that is asked for. */
type Means = Pick<Errand, 'offers' | 'mood' | 'key'>

/**
 * What a customer does about the money once the order is accepted: offers a card, or another one; confirms, refuses, or
 * closes the page. Resolves with whether the order is paid, when they have done all that they have a mind to.
 */
export async function settleUp(order: Answer, errand: Means, deps: Deps): Promise<boolean> {
  const offers = [...errand.offers]
  const answered = new Set<string>()
  for (; !deps.signal.aborted; await delay(LOOK_EVERY_MS)) {
    const found = await look(`${deps.url()}/api/orders/${order.id}`, { 'order-key': order.orderKey }, story)
    if (found === null) continue
    const { state, challenge } = found
    if (ends.has(state)) return state === 'paid'
    if (state === 'reserved' || state === 'declined') {
      const offer = offers.shift()
      if (offer === undefined || ('beforeEndMs' in offer && isHeldTooLong(found))) return false
      await pay(order, `${errand.key ?? order.id}-card-${offers.length}`, offer, found, deps)
    }
    if (challenge !== null && !answered.has(challenge.url)) {
      if (errand.mood === 'walks away') return false
      if (await answerChallenge(challenge.url, errand.mood, deps.signal)) answered.add(challenge.url)
    }
  }
  return false
}

/** Made by a clock that was ahead, it waits for its customer for an hour or two: nobody has that patience. */
export const isHeldTooLong = ({ payBy }: Pick<Story, 'payBy'>) =>
  payBy !== null && Date.parse(payBy) > Date.now() + TOO_LONG_MS

const ends = new Set(['paid', 'rejected', 'expired', 'cancelled', 'refunded'])

async function pay({ id, orderKey }: Answer, key: string, offer: Offer, found: Story, deps: Deps): Promise<void> {
  const { url, signal, receipts } = deps
  await delay(msUntil(offer, found), undefined, { signal }).catch(() => {})
  const headers = { 'order-key': orderKey, 'idempotency-key': key }
  const ask = () => askOnce(`${url()}/api/orders/${id}/pay`, { method: offer.method }, headers)
  const answer = await askUntilAnswered(ask, signal, isBusy, () => receipts.retried++)
  if (answer?.status === 202) count(receipts.tendered, id)
  else if (answer?.status === 409) receipts.tooLate++
  else if (answer !== null) complain(receipts, `a payment of ${id} was answered with ${answer.status}: ${answer.text}`)
}

function msUntil(offer: Offer, { payBy }: Story): number {
  if ('afterMs' in offer) return offer.afterMs
  return payBy === null ? 0 : Math.max(0, Date.parse(payBy) - offer.beforeEndMs - Date.now())
}
