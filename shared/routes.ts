/**
 * Who hears what. This table is the architecture: publishing an event writes one outbox row for every
 * service named beside it, and each service must have exactly one handler for every event that names it
 * (`Handlers` in handler.ts is a mapped type over this table, so a missing or a surplus one does not
 * compile). A name may be followed by a lane: what is `:urgent` is popped before all else, `:bulk` after it; `:aside` by
 * itself, so that neither waits for the other.
 *
 *               order.placed                stock.reserved            payment.captured
 *     order ────────────────────▶ inventory ──────────────▶ payment ──────────────────▶ notification
 */
export const routes = {
  'order.placed': ['inventory', 'notification'],
  'stock.reserved': ['payment', 'order'],
  'stock.rejected': ['order', 'notification'],
  'stock.released': ['order'],
  'payment.captured': ['order', 'notification'],
  'payment.declined': ['order', 'notification'],
  'payment.challenged': ['order'],
  'payment.disputed': ['order'],
  'payment.refunded': ['order', 'notification'],
  'payment.refundRefused': ['order'],
  'order.tendered': ['payment'],
  'order.expired': ['inventory:urgent', 'payment', 'notification'], // stock comes back before it is reserved anew
  'order.cancelled': ['inventory:urgent', 'payment', 'notification'],
  'order.refundAsked': ['payment'],
  'order.paidInSale': ['sale:urgent'], // none of what sale has to hear waits behind the crowd in its own list
  'sale.announced': ['inventory'],
  'stock.allotted': ['sale:urgent'],
  'entry.joined': ['sale'],
  'entry.admitted': ['order'],
  'stock.returned': ['sale:urgent'],
  'sale.spared': ['inventory'],
  'sale.ended': [],
  'group.formed': [],
  'group.failed': ['order'],
  'gateway.told': ['payment'],
  'customer.registered': ['notification'],
  'customer.linkAsked': ['notification'],
  'customer.phoneAdded': ['notification:aside'], // SMS go their own way: mails do not wait for them, nor they for mails
  'customer.verified': ['order'],
  'customer.preferred': ['notification'],
  'customer.signedOut': ['order'],
  'customer.deleted': ['order', 'notification', 'sale'],
  'mail.sent': ['accounts'],
  'mail.bounced': ['accounts'],
  'sms.due': ['notification:aside'],
  'sms.sent': ['accounts'],
  'sms.failed': ['notification', 'accounts'],
  'sms.stopped': ['accounts'],
  'stock.changed': ['live'],
  'stock.back': ['notification:bulk'], // many may wait for it, and nobody's receipt waits for them
  'price.changed': ['live', 'notification:bulk'],
  'alert.asked': ['notification'],
  'alert.due': ['notification:bulk'],
  'news.posted': ['live'],
  'room.said': ['live'],
  'log.collected': ['logs'],
  'message.buried': ['order'],
  'message.replayed': ['order'],
  'message.discarded': ['order'],
  'webhook.due': ['webhooks'],
} as const satisfies Record<string, readonly (Service | Lane)[]>

/** Every service that hears or emits, in the order in which people meet them. `services/all.ts` has their programs. */
export const services = [
  'order',
  'inventory',
  'payment',
  'notification',
  'accounts',
  'sale',
  'live',
  'webhooks',
  'logs',
] as const

/**
 * Services that own no truth: all that they know they have heard. They may lose their database, and are given all history
 * again; any other service refuses to begin anew.
 */
const readers: readonly Service[] = ['live']

/**
 * Services that a shop may be run without (`WITHOUT`): no order waits for what they do. What the others would tell one of them
 * waits on disk, as while it is down.
 */
export const spare = ['accounts', 'sale', 'live', 'webhooks', 'logs'] as const satisfies readonly Service[]

export type Service = (typeof services)[number]
export type EventName = keyof typeof routes
/** A list: a service's own or a shard of it, its lane for what hurries or has time, or the one for what goes another way. */
export type Queue = Service | Lane | `${Service}.${number}`
type Lane = `${Service}:${'urgent' | 'bulk' | 'aside'}`
type ServiceIn<Q extends Queue> = Q extends `${infer S}:${string}` ? S : Q
/** The events whose row in the table names service `S`. */
export type HeardBy<S extends Service> = {
  [E in EventName]: S extends ServiceIn<(typeof routes)[E][number]> ? E : never
}[EventName]

/** The lists an event goes to. */
export const queuesOf = (event: EventName): readonly Queue[] => routes[event]

/** The services an event goes to. */
export const receiversOf = (event: EventName): Service[] => queuesOf(event).map(serviceOf)

/** The list on which a service hears an event; its own, if it is not one that the table sends there. */
export const queueTo = (service: Service, event: string): Queue =>
  (isEventName(event) && queuesOf(event).find((queue) => serviceOf(queue) === service)) || service

export const isReader = (service: Service): boolean => readers.includes(service)

/** A service's lists, in the order in which it pops them; the one aside is popped by itself. */
export function lanesOf(service: Service): [urgent: Queue, normal: Queue, bulk: Queue] {
  return [`${service}:urgent`, service, `${service}:bulk`]
}

/** The list of what goes another way; none where the table sends nothing there. */
export function asideOf(service: Service): Queue[] {
  const aside: Queue = `${service}:aside`
  return eventNames.some((event) => queuesOf(event).includes(aside)) ? [aside] : []
}

/** Into how many shards a service's own list may be split. What was sent to one waits there: it must never become less. */
export const SHARDS_MAX = 8

/** A service's own list, which is the first of its shards, and the others up to so many. */
export const shardsOf = (service: Service, count = SHARDS_MAX): Queue[] =>
  Array.from({ length: count }, (_, n): Queue => (n === 0 ? service : `${service}.${n}`))

/** All lists of a service. */
export const listsOf = (one: Service): Queue[] => [...lanesOf(one), ...shardsOf(one).slice(1), ...asideOf(one)]

/** Whose list it is. */
export function serviceOf(queue: Queue): Service {
  const service = ownerOf(queue)
  if (service === undefined) throw new Error(`nobody has a list called ${queue}`)
  return service
}

/** Whether a list is of a service in the table: rows on disk may be older than the table. */
export const isOurs = (queue: string): queue is Queue => ownerOf(queue) !== undefined

const ownerOf = (queue: string) => services.find((name) => name === queue.split(/[.:]/, 1)[0])

export const isEventName = (name: string): name is EventName => Object.hasOwn(routes, name)

/** Every event there is. */
export const eventNames = Object.keys(routes).filter(isEventName)
