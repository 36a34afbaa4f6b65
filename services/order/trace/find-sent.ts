import { idsBeginWith } from '../../../shared/protocol/new-id.ts'
import { type EventName, isEventName, receiversOf, type Service } from '../../../shared/routes.ts'
import type { Client } from '../db.ts'
import type { TimelineAnswer } from '../order-answer.ts'
import { readTimelines } from '../read-order.ts'
import type { Hop } from './trace-answer.ts'

const HOPS_MAX = 120 // the newest; nobody looks at more
const BEFORE_MS = 50 // an event of ours is made a moment after its line of the timeline, in the same transaction
const AFTER_MS = 500

/** A message about an order, before anything is known of what became of it. */
export type Sent = Pick<Hop, 'messageId' | 'from' | 'to' | 'sentAt'> & { event: EventName }

type Told = { id: string; name: EventName; from: Service; at: number }

/** Who hears what of an order, by the table of routes, in the order in which it was told; of those who are `present`. */
export async function findSent(read: Client, orderId: string, present: readonly Service[]): Promise<Sent[]> {
  const [timeline = []] = await readTimelines(read, [{ orderId, after: 0 }])
  const told = [...(await ownEvents(read, orderId, timeline)), ...timeline.flatMap(heardIn)]
  const once = new Map(told.map((event) => [event.id, event]))
  const inOrder = [...once.values()].sort((a, b) => a.at - b.at)
  return inOrder.flatMap((event) => toAll(event, present)).slice(-HOPS_MAX)
}

function toAll({ id: messageId, name: event, from, at: sentAt }: Told, present: readonly Service[]): Sent[] {
  const receivers = receiversOf(event).filter((to) => present.includes(to))
  return receivers.map((to) => ({ messageId, event, from, to, sentAt }))
}

/** What others have told. */
function heardIn({ event: name, service: from, messageId: id, at }: TimelineAnswer): Told[] {
  return id === null || !isEventName(name) ? [] : [{ id, name, from, at: Date.parse(at) }]
}

/** What order has told itself: the timeline does not say under which id, but when, and ids begin with their time. */
async function ownEvents(read: Client, orderId: string, timeline: TimelineAnswer[]): Promise<Told[]> {
  const times = await timesOf(read, orderId, timeline)
  const found = await Promise.all(times.map((at) => eventsAbout(read, orderId, at)))
  return found.flat().flatMap(({ id, name, at }) => (isEventName(name) ? [{ id, name, from: 'order', at }] : []))
}

/** When it may have told something. An order of a sale has no line that it was placed, nor that the sale was told of its payment. */
async function timesOf(read: Client, orderId: string, timeline: TimelineAnswer[]): Promise<number[]> {
  const [order] = await read.$queryRaw<{ placedAt: number; sale: string | null }[]>`
    SELECT "placedAt", sale FROM "Order" WHERE id = ${orderId}`
  if (order === undefined) return []
  const own = timeline.filter(({ messageId }) => messageId === null || order.sale !== null)
  return [...new Set([Number(order.placedAt), ...own.map(({ at }) => Date.parse(at))])]
}

function eventsAbout(read: Client, subject: string, at: number) {
  return read.$queryRaw<{ id: string; name: string; at: number }[]>`
    SELECT id, name, at FROM "Event"
    WHERE id >= ${idsBeginWith(at - BEFORE_MS)} AND id < ${idsBeginWith(at + AFTER_MS)}
      AND subject = ${subject} AND "copyOf" IS NULL`
}
