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
  'message.buried': ['order'],
  'message.replayed': ['order'],
} as const satisfies Record<string, readonly Service[]>

/** Every service that hears or emits, in the order in which people meet them. `services/all.ts` has their programs. */
export const services = ['order', 'inventory', 'payment', 'notification'] as const

/** Who emits an event: its noun says so. A service that only listens needs none of its own. */
const emitters = {
  order: 'order',
  stock: 'inventory',
  payment: 'payment',
} as const satisfies Record<Exclude<Noun, 'message'>, Service>

export type Service = (typeof services)[number]
export type EventName = keyof typeof routes
/** What becomes of messages, told by whichever service gives one up or sends it again. */
export type News = Extract<EventName, `message.${string}`>
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
  const own = eventNames.filter((event) => sendersOf(event).includes(sender))
  return [...new Set([sender, ...own.flatMap(receiversOf)])]
}

export function isEventName(name: string): name is EventName {
  return Object.hasOwn(routes, name)
}

const eventNames = Object.keys(routes).filter(isEventName)

/** The services that emit an event. */
export function sendersOf(event: EventName): readonly Service[] {
  return isNews(event) ? services : [senderOf(event)]
}

/** Whether this names an event about messages. */
export function isNews(name: string): name is News {
  return name.startsWith('message.') && isEventName(name)
}

/** The service that emits an event. */
export function senderOf(event: Exclude<EventName, News>): Service {
  const noun = event.slice(0, event.indexOf('.'))
  if (!isNoun(noun)) throw new Error(`nobody emits ${event}`)
  return emitters[noun]
}

function isNoun(text: string): text is keyof typeof emitters {
  return Object.hasOwn(emitters, text)
}
