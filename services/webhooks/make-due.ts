import type { EventData } from '../../shared/events.ts'
import type { Emit } from '../../shared/handler.ts'
import type { Service } from '../../shared/routes.ts'
import { isShopEvent } from '../../shared/shop-events.ts'
import type { Client } from './db.ts'
import { insertDue } from './deliveries.ts'
import type { Follower } from './follow-events.ts'
import { moveTo, placesIn } from './places.ts'
import { type Kept, PAGE, type Page } from './read-page.ts'
import { wants } from './subscription.ts'

type Work = { tx: Client; emit: Emit; sender: Service; page: Page; group: Follower[] }

/**
 * Makes a page of a sender's events due to those who follow them, as far as each has room, and notes how far each is: in
 * one transaction, so that every event becomes due once. Who has been moved on meanwhile, by another process of this
 * service, is passed over. Returns why that was not all, if it was not.
 */
export async function makeDue({ tx, emit, sender, page, group }: Work): Promise<'more' | 'no room' | 'all'> {
  const places = await placesIn(tx, sender)
  const still = group.filter(({ subscription, after }) => (places.get(subscription.id) ?? null) === after)
  let isFull = false
  for (const { subscription, after, room } of still) {
    const { due, upTo } = takeFrom(page, (name) => isShopEvent(name) && wants(subscription, name), room)
    const fresh = await insertDue(
      tx,
      due.map((event) => deliveryOf(subscription.id, event)),
    )
    for (const event of due) if (fresh.has(event.id)) emit(dueOf(subscription.id, event))
    if (upTo !== after) await moveTo(tx, [{ subscription: subscription.id, sender, seq: upTo }])
    isFull ||= due.length === room
  }
  if (isFull) return 'no room'
  return page.events.length === PAGE ? 'more' : 'all'
}

/** The first events that are wanted, at most `room`, and up to where nothing wanted is left out. Pure. */
export function takeFrom(page: Page, isWanted: (name: string) => boolean, room: number): { due: Kept[]; upTo: number } {
  const wanted = page.events.filter(({ name }) => isWanted(name))
  const due = wanted.slice(0, room)
  const last = due.at(-1)
  return { due, upTo: wanted.length > due.length && last !== undefined ? last.seq : page.upTo }
}

function deliveryOf(subscription: string, { id: event, name }: Kept) {
  return { subscription, event, name, dueAt: Date.now() }
}

function dueOf(subscription: string, { seq: _, data, traceparent, ...event }: Kept) {
  const told = { ...event, data: JSON.parse(data), ...(traceparent !== null && { traceparent }) }
  const number = numberIn(told.data) ?? event.subject
  const due: EventData<'webhook.due'> = { number, subscription, told }
  return {
    name: 'webhook.due',
    subject: event.subject,
    data: due,
    ...(traceparent !== null && { traceparent }),
  } as const
}

function numberIn(data: unknown): string | null {
  return typeof data === 'object' && data !== null && 'number' in data ? String(data.number) : null
}
