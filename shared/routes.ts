/**
 * Who hears what. This table is the architecture: publishing an event writes one outbox row for every
 * service named beside it, and each service must have exactly one handler for every event that names it
 * (`Handlers` in handler.ts is a mapped type over this table, so a missing or a surplus one does not
 * compile).
 *
 *               order.placed                stock.reserved            payment.captured
 *     order ────────────────────▶ inventory ──────────────▶ payment ──────────────────▶ notification
 */
export const routes = {
  'order.placed': ['inventory', 'notification'],
  'stock.reserved': ['payment', 'order'],
  'stock.rejected': ['order', 'notification'],
  'payment.captured': ['order', 'notification'],
  'payment.declined': ['inventory', 'order', 'notification'],
  'order.cancelled': ['inventory', 'payment', 'notification'],
  'payment.refunded': ['order', 'notification'],
} as const

export const services = ['order', 'inventory', 'payment', 'notification'] as const

export type Service = (typeof services)[number]
export type EventName = keyof typeof routes
/** The events whose row in the table names service `S`. */
export type HeardBy<S extends Service> = {
  [E in EventName]: S extends (typeof routes)[E][number] ? E : never
}[EventName]

/** The services an event goes to. */
export function receiversOf(event: EventName): readonly Service[] {
  return routes[event]
}

/** The services a service sends to, itself too: what it replays goes to its own queue. */
export function receiversOfService(sender: Service): Service[] {
  const names = Object.keys(routes)
    .filter(isEventName)
    .filter((event) => senderOf(event) === sender)
  return [...new Set([sender, ...names.flatMap(receiversOf)])]
}

export function isEventName(name: string): name is EventName {
  return Object.hasOwn(routes, name)
}

/** True when `service` is a receiver of `event`. */
export function hears(service: Service, event: EventName): boolean {
  return receiversOf(event).includes(service)
}

/** The events a service emits: the noun says whose they are. */
const nouns: Record<Service, string> = {
  order: 'order.',
  inventory: 'stock.',
  payment: 'payment.',
  notification: 'mail.',
}

/** The service that emits an event. */
export function senderOf(event: EventName): Service {
  const sender = services.find((service) => event.startsWith(nouns[service]))
  if (sender === undefined) throw new Error(`nobody emits ${event}`)
  return sender
}
