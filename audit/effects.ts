import { occurrence } from './occurrence.ts'

/** SQL for which of its name an event of a store is. */
export const WHICH = occurrence({ name: 'name', data: 'data', id: 'id' })

/**
 * What a service does, as SQL for `subject`, `of` and `at`, and the event that tells of it: any of that name and subject, or
 * the very one of them.
 */
type Effect = { service: string; name: string; done: string; by: keyof typeof keys }

const keys = {
  subject: { done: 'subject', event: 'subject' },
  each: { done: `subject || ' ' || "of"`, event: `subject || ' ' || ${WHICH}` },
}

/** SQL for what was done and has no event. */
export function untold({ done, by }: Effect): string {
  return `
    SELECT subject, "of" FROM (${done}) WHERE at >= @since
    AND ${keys[by].done} NOT IN (SELECT ${keys[by].event} FROM main."Event" WHERE name = @name)`
}

// Whose group had failed before it was made was placed before nobody.
const ORDERS = `
  SELECT id AS subject, '' AS "of", placedAt AS at FROM main."Order"
  WHERE sale IS NULL OR id IN (SELECT orderId FROM main."TimelineEntry" WHERE event = 'order.placed')`
const BOUGHT = `SELECT id AS subject, '' AS "of", placedAt AS at FROM main."Order" WHERE sale IS NOT NULL AND state = 'paid'`
const RETURNED = `${inState('Reservation', 'released', 'cancelled')} AND sale IS NOT NULL`
const REFUNDS = `SELECT orderId AS subject, id AS "of", at FROM main."Refund" WHERE status <> 'failed'`
const DISPUTES = `SELECT orderId AS subject, id || ' ' || status AS "of", at FROM main."Dispute"`

// What was called off may have been seen only with its refund, which has failed since.
const FAILED = `SELECT orderId FROM main."Refund" WHERE status = 'failed'`
const CAPTURED = `${inState('Payment', 'captured')} AND NOT (calledOff IS NOT NULL AND orderId IN (${FAILED}))`

const ACCOUNT = (when: string) =>
  `SELECT id AS subject, '' AS "of", ${when} AS at FROM main."Account" WHERE ${when} > 0`

const TOLD_ALERTS = `SELECT id AS subject, '' AS "of", toldAt AS at FROM main."Alert" WHERE toldAt > 0`
const ALERTS = `SELECT id AS subject, '' AS "of", askedAt AS at FROM main."Alert"`
const NEWS = `SELECT id AS subject, '' AS "of", at FROM main."News"`
const TOLD_STOCK = `SELECT sku AS subject, '' AS "of", toldAt AS at FROM main."Stock" WHERE told IS NOT NULL`
const PRICES = `SELECT sku AS subject, '' AS "of", at FROM main."PriceChange" WHERE priceCents <> wasCents`

const ALLOTTED = `SELECT sale AS subject, '' AS "of", @since AS at FROM main."Allotment"`
const SALES = (when: string) => `SELECT id AS subject, '' AS "of", ${when} AS at FROM main."Sale" WHERE ${when} > 0`
const ENTRIES = (when: string) => `SELECT id AS subject, '' AS "of", ${when} AS at FROM main."Entry" WHERE ${when} > 0`

/** Whatever must be told. */
export const effects: Effect[] = [
  { service: 'order', name: 'order.placed', done: ORDERS, by: 'subject' },
  ...['order.cancelled', 'order.expired', 'order.tendered', 'order.refundAsked'].map(
    (name): Effect => ({ service: 'order', name, done: steps(name), by: 'each' }),
  ),
  { service: 'inventory', name: 'stock.reserved', done: inState('Reservation', 'reserved', 'released'), by: 'subject' },
  { service: 'inventory', name: 'stock.released', done: inState('Reservation', 'released'), by: 'subject' },
  { service: 'inventory', name: 'stock.returned', done: RETURNED, by: 'subject' },
  { service: 'inventory', name: 'stock.allotted', done: ALLOTTED, by: 'subject' },
  { service: 'inventory', name: 'stock.rejected', done: inState('Reservation', 'rejected'), by: 'subject' },
  { service: 'payment', name: 'payment.captured', done: CAPTURED, by: 'subject' },
  { service: 'payment', name: 'payment.challenged', done: inState('Payment', 'challenged'), by: 'subject' },
  { service: 'payment', name: 'payment.declined', done: inState('Payment', 'declined'), by: 'subject' },
  { service: 'payment', name: 'payment.refunded', done: REFUNDS, by: 'each' },
  { service: 'payment', name: 'payment.disputed', done: DISPUTES, by: 'each' },
  { service: 'order', name: 'order.paidInSale', done: BOUGHT, by: 'subject' },
  { service: 'sale', name: 'sale.announced', done: SALES('createdAt'), by: 'subject' },
  { service: 'sale', name: 'sale.ended', done: SALES('endedAt'), by: 'subject' },
  { service: 'sale', name: 'group.failed', done: `${SALES('endedAt')} AND why = 'failed'`, by: 'subject' },
  { service: 'sale', name: 'group.formed', done: `${SALES('endedAt')} AND why = 'formed'`, by: 'subject' },
  { service: 'sale', name: 'entry.joined', done: ENTRIES('joinedAt'), by: 'subject' },
  { service: 'sale', name: 'entry.admitted', done: ENTRIES('admittedAt'), by: 'subject' },
  { service: 'inventory', name: 'stock.changed', done: TOLD_STOCK, by: 'subject' },
  { service: 'order', name: 'price.changed', done: PRICES, by: 'subject' },
  { service: 'notification', name: 'alert.asked', done: ALERTS, by: 'subject' },
  { service: 'notification', name: 'alert.due', done: TOLD_ALERTS, by: 'subject' },
  { service: 'notification', name: 'news.posted', done: NEWS, by: 'subject' },
  { service: 'accounts', name: 'customer.registered', done: ACCOUNT('createdAt'), by: 'subject' },
  { service: 'accounts', name: 'customer.verified', done: ACCOUNT('verifiedAt'), by: 'subject' },
  { service: 'accounts', name: 'customer.deleted', done: ACCOUNT('deletedAt'), by: 'subject' },
]

function steps(event: string): string {
  const which = occurrence({ name: 'event', data: 'detail', id: 'messageId' })
  return `SELECT orderId AS subject, ${which} AS "of", at FROM main."TimelineEntry" WHERE event = '${event}'`
}

function inState(table: string, ...states: string[]): string {
  const named = states.map((state) => `'${state}'`).join(', ')
  return `SELECT orderId AS subject, '' AS "of", at FROM main."${table}" WHERE state IN (${named})`
}
