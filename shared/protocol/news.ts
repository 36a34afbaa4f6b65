import { z } from 'zod'
import type { Emit } from '../handler.ts'
import type { Service } from '../routes.ts'
import { isNews } from '../senders.ts'
import { isPersonal } from '../shop-events.ts'
import type { DeadLetter } from './dead-letters.ts'
import { parseContent } from './envelope.ts'

const REASON_TOLD = 300 // characters, for the customer reads them, too

/**
 * Tells an order, in the transaction that writes the letter, that one of its messages was given up `by` a service. What
 * was no message is about no order. News that is given up itself makes no news, or it would go
 * round for ever; that a subscriber outside could not be told, or a customer, or that lines were not kept, is nothing to an order.
 */
export function tellBuried(letter: DeadLetter, by: Service, emit: Emit): void {
  const about = aboutLetter(letter, by)
  if (about === null) return
  const { subject, data } = about
  emit({ name: 'message.buried', subject, data: { ...data, reason: letter.reason.slice(0, REASON_TOLD) } })
}

/** Tells an order that a message of it that had been given up is on its way again. */
export function tellReplayed(letter: DeadLetter, by: Service, emit: Emit): void {
  const about = aboutLetter(letter, by)
  if (about !== null) emit({ name: 'message.replayed', ...about })
}

/** Tells an order that a message of it that had been given up was put away, and why: nobody will send it any more. */
export function tellDiscarded(letter: DeadLetter, by: Service, reason: string, emit: Emit): void {
  const about = aboutLetter(letter, by)
  if (about === null) return
  const { subject, data } = about
  emit({ name: 'message.discarded', subject, data: { ...data, reason: reason.slice(0, REASON_TOLD) } })
}

function aboutLetter({ id, queue, name, subject, body }: DeadLetter, by: Service) {
  if (name === null || subject === null || isNews(name) || isPersonal(name) || ofNoOrder.includes(name)) return null
  const number = numbered.safeParse(parseContent(body).data).data?.number ?? subject
  return { subject, data: { number, letter: id, event: name, to: queue, by } }
}

const ofNoOrder = ['webhook.due', 'log.collected']
const numbered = z.object({ number: z.string().min(1) })
