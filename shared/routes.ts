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
  'stock.released': ['order'],
  'payment.captured': ['order', 'notification'],
  'payment.declined': ['inventory', 'order', 'notification'],
  'order.cancelled': ['inventory', 'payment', 'notification'],
  'payment.refunded': ['order', 'notification'],
} as const satisfies Record<string, readonly Service[]>

/** Every service that hears or emits, in the order in which people meet them. `services/all.ts` has their programs. */
export const services = ['order', 'inventory', 'payment', 'notification'] as const

/** Who emits an event: its noun says so. A service that only listens needs none. */
const emitters = {
  order: 'order',
  stock: 'inventory',
  payment: 'payment',
} as const satisfies Record<Noun, Service>

export type Service = (typeof services)[number]
export type EventName = keyof typeof routes
type Noun = EventName extends `${infer N}.${string}` ? N : never
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
  const own = eventNames.filter((event) => senderOf(event) === sender)
  return [...new Set([sender, ...own.flatMap(receiversOf)])]
}

export function isEventName(name: string): name is EventName {
  return Object.hasOwn(routes, name)
}

const eventNames = Object.keys(routes).filter(isEventName)

/** The service that emits an event. */
export function senderOf(event: EventName): Service {
  const noun = event.slice(0, event.indexOf('.'))
  if (!isNoun(noun)) throw new Error(`nobody emits ${event}`)
  return emitters[noun]
}

function isNoun(text: string): text is Noun {
  return Object.hasOwn(emitters, text)
}
