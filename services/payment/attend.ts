import { type Facts, factsAbout, refundedCents } from './facts.ts'
import { HOSTED, type Intent } from './gateway.ts'
import { type Asking, offerTender } from './offer-tender.ts'
import { deadlineOf, type Payment } from './payments.ts'

/**
 * What somebody has heard of a payment: an intent that it may be about, whether money went back or is wanted back, and whether
 * its time was over when somebody looked, for our clock may have been put back since.
 */
export type Hint = { intentId: string | null; isAboutMoneyBack: boolean; isOver: boolean }

/**
 * Finds out how a payment stands at the gateway, and ends there what nobody may pay any more: what was called off, and what
 * its customer has not paid or confirmed in time. Null where there is nothing to ask about.
 */
export async function attend(payment: Payment, hint: Hint, asking: Asking): Promise<Facts | null> {
  const isEnding = isToEnd(payment, hint.isOver ? Number.POSITIVE_INFINITY : Date.now())
  const facts = isEnding ? await end(payment, asking) : await look(payment, hint, asking)
  const chargeId = facts?.intent?.id ?? payment.chargeId
  if (!hint.isAboutMoneyBack || chargeId === null) return facts
  const { gateway, outside } = asking
  const refunds = facts?.refunds ?? (await outside(() => gateway.refunds(chargeId)))
  const disputes = await outside(() => gateway.disputes(chargeId)) // told once: it is learnt now, whatever else is under way
  return { ...(facts ?? factsAbout(payment, {})), refunds, disputes }
}

/** Whether it is open at the gateway, and must not be. */
export function isToEnd(payment: Payment, now: number): boolean {
  const { state, calledOff, chargeId } = payment
  switch (state) {
    case 'challenged':
      return calledOff !== null || deadlineOf(payment) <= now
    case 'declined':
    case 'cancelled':
      return calledOff !== null && chargeId !== null
    case 'charging':
    case 'processing':
      return calledOff !== null
    case 'captured':
    case 'refunded':
      return false
  }
}

async function look(payment: Payment, hint: Hint, { gateway, outside }: Asking): Promise<Facts | null> {
  const { sessionId } = payment
  if (sessionId !== null) {
    const page = await outside(() => gateway.page(sessionId))
    return factsAbout(payment, { page, intent: page.intent })
  }
  const chargeId = payment.chargeId ?? hint.intentId
  return chargeId === null ? null : factsAbout(payment, { intent: await outside(() => gateway.intent(chargeId)) })
}

/** Whether money moved is for the gateway to say: what has succeeded by now is captured, and goes back if it was called off. */
async function end(payment: Payment, asking: Asking): Promise<Facts> {
  const { gateway, outside } = asking
  const found = isUnseen(payment) ? await offerTender(payment, asking) : null
  const sessionId = found?.page?.id ?? payment.sessionId
  const page = sessionId === null ? null : await outside(() => gateway.closePage(sessionId))
  const intent = page === null ? await cancelled(found?.intent ?? null, payment, asking) : page.intent
  const facts = factsAbout(payment, { ...found, intent, page, isAnswer: true })
  const isKept = intent?.status === 'captured' && payment.calledOff !== null
  return isKept ? { ...facts, ...(await giveBack(payment, intent.id, asking)) } : facts
}

/** Nobody knows yet what it is called at the gateway. */
function isUnseen({ state, chargeId, sessionId, paymentMethod }: Payment): boolean {
  return state === 'charging' && sessionId === null && (chargeId === null || paymentMethod === HOSTED)
}

async function cancelled(found: Intent | null, payment: Payment, { gateway, outside }: Asking): Promise<Intent | null> {
  if (found?.status === 'captured' || found?.status === 'canceled') return found
  const chargeId = found?.id ?? payment.chargeId
  return chargeId === null ? null : outside(() => gateway.cancel(chargeId))
}

/** Refunds what is left of a payment. What was refunded meanwhile, by whomever, is not refunded again. */
export async function giveBack(
  { orderId, totalCents }: Pick<Payment, 'orderId' | 'totalCents'>,
  chargeId: string,
  { gateway, outside }: Asking,
): Promise<Pick<Facts, 'refunds' | 'notRefunded'>> {
  for (let leftBefore = Number.POSITIVE_INFINITY; ; ) {
    const refunds = await outside(() => gateway.refunds(chargeId))
    const cents = totalCents - refundedCents(refunds)
    if (cents <= 0) return { refunds, notRefunded: null }
    const key = `rest-${orderId}-${refunds.length}`
    const done = await outside(() => gateway.refund({ orderId, chargeId, cents, asked: null, key }))
    if (done.ok) return { refunds: [...refunds, done.refund], notRefunded: null }
    if (cents >= leftBefore) return { refunds, notRefunded: { asked: null, cents, reason: done.reason } }
    leftBefore = cents
  }
}
