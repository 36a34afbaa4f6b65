import { z } from 'zod'
import { eventsOf, findEvent, positionOf, type Told } from '../events.ts'
import type { Ledger } from '../ledger.ts'
import { seconds } from '../objects/shown.ts'
import { created, isWithin, paging } from './page-of.ts'
import { missing, type Refusal } from './refusal.ts'

const KEPT_MS = 30 * 24 * 60 * 60_000 // as long as Stripe lists them: https://docs.stripe.com/api/events

export const eventQuery = z.strictObject({
  ...paging,
  created,
  type: z.string().optional(),
  types: z.array(z.string()).max(20).optional(),
  expand: z.array(z.string()).optional(),
})
type Query = z.infer<typeof eventQuery>

/** The events that a query asks for, newest first, and whether there are more; unknown cursors are refused. */
export function listEvents(query: Query, ledger: Ledger, now: number): { data: Told[]; has_more: boolean } | Refusal {
  const { limit, starting_after: after, ending_before: before } = query
  const cursor = after ?? before
  if (cursor !== undefined && !findEvent(cursor, ledger))
    return missing('event', cursor, 400, after === undefined ? 'ending_before' : 'starting_after')
  const isForward = after === undefined && before !== undefined
  const found: Told[] = []
  for (const told of walk(cursor, isForward, (at) => isListed(at, query, now), ledger)) {
    if (isWanted(told, query)) found.push(told)
    if (found.length > limit) break
  }
  const data = found.slice(0, limit)
  return { data: isForward ? data.reverse() : data, has_more: found.length > limit }
}

/** From a cursor, or the newest, on to older ones; or from a cursor on to newer ones. */
function* walk(
  cursor: string | undefined,
  isForward: boolean,
  isListed: (at: number) => boolean,
  ledger: Ledger,
): Generator<Told> {
  const entries = ledger.list()
  const start = (cursor === undefined ? undefined : positionOf(cursor)) ?? entries.length - 1
  let isBeyond = cursor === undefined
  for (let position = start; position >= 0 && position < entries.length; position += isForward ? 1 : -1) {
    if (isBeyond && !isListed(entries[position]?.at ?? 0)) continue
    const told = eventsOf(position, ledger)
    for (const one of isForward ? told : told.reverse()) {
      if (isBeyond) yield one
      if (one.id === cursor) isBeyond = true
    }
  }
}

function isListed(at: number, query: Query, now: number): boolean {
  return at > now - KEPT_MS && isWithin(seconds(at), query.created)
}

/** `payment_intent.*` asks for all of a kind. */
function isWanted({ type, entry }: Told, { type: wanted, types, created: span }: Query): boolean {
  const isType = (one: string) => one === type || (one.endsWith('*') && type.startsWith(one.slice(0, -1)))
  if (!isWithin(seconds(entry.at), span)) return false
  return (wanted === undefined || isType(wanted)) && (types === undefined || types.some(isType))
}
