import type { Message } from '../../shared/events.ts'
import type { Handler, Outside } from '../../shared/handler.ts'
import type { Logger } from '../../shared/logger.ts'
import { attend, giveBack, type Hint } from './attend.ts'
import { overdueId } from './close-overdue.ts'
import type { Client } from './db.ts'
import { type Facts, factsAbout } from './facts.ts'
import type { Gateway } from './gateway.ts'
import type { Asking } from './offer-tender.ts'
import { type Payment, paymentsOf } from './payments.ts'
import { REST } from './reconcile.ts'
import { type Found, settle } from './stories.ts'

type Deps = { read: Client; gateway: Gateway; log: Logger }

/**
 * On `gateway.told`: something may have become of a payment. What is asked of the gateway is how it stands now, so it does
 * not matter in which order it told, how often, or who heard it.
 */
export function hearGateway(deps: Deps): Handler<'gateway.told', Client, Found> {
  return {
    says: 'nothing.new',
    prepare: (message, outside) => find(message, outside, deps),
    apply: (tx, batch, emit) =>
      settle(
        tx,
        batch.map(({ found }) => found),
        emit,
      ),
  }
}

async function find(message: Message<'gateway.told'>, outside: Outside, { read, gateway, log }: Deps): Promise<Found> {
  const { subject, data } = message
  const orderId = isIntent(subject) ? await outside(() => gateway.orderOf(subject)) : subject
  const payment = orderId === null ? undefined : (await paymentsOf(read, [orderId])).get(orderId)
  if (orderId === null || payment === undefined) {
    log.info({ subject, told: data.told, type: data.type }, 'told.of.others')
    return null
  }
  const asking = { gateway, outside }
  const { chargeId } = payment
  if (data.type === REST && chargeId !== null)
    return { orderId, facts: factsAbout(payment, await giveBack(payment, chargeId, asking)) }
  const facts = await lookInto(payment, hintIn(message, payment), asking)
  // crash point: gateway looked up
  return facts === null ? null : { orderId, facts }
}

/** What is won back from the customer's bank goes back to them, if the order was called off meanwhile. */
async function lookInto(payment: Payment, hint: Hint, asking: Asking): Promise<Facts | null> {
  const facts = await attend(payment, hint, asking)
  const isWon = facts?.disputes?.some(({ status }) => status === 'won') ?? false
  const { state, calledOff, chargeId } = payment
  if (facts === null || !isWon || state !== 'captured' || calledOff === null || chargeId === null) return facts
  return { ...facts, ...(await giveBack(payment, chargeId, asking)) }
}

function hintIn({ subject, data: { object, type, told } }: Message<'gateway.told'>, payment: Payment): Hint {
  const isAboutMoneyBack = /^(refund|charge)\./.test(type)
  return { intentId: [object, subject].find(isIntent) ?? null, isAboutMoneyBack, isOver: told === overdueId(payment) }
}

/** Refunds and disputes name the payment alone that they are about. */
const isIntent = (id: string) => id.startsWith('pi_')
