import { type EventName, isEventName, type Service, services } from './routes.ts'

/** Who emits an event: its noun says so. A service that only listens needs none of its own. */
const emitters = {
  order: 'order',
  stock: 'inventory',
  payment: 'payment',
  gateway: 'payment',
  customer: 'accounts',
  sale: 'sale',
  entry: 'sale',
  group: 'sale',
  mail: 'notification',
  sms: 'notification',
  webhook: 'webhooks',
  price: 'order',
  alert: 'notification',
  news: 'notification',
  room: 'sale',
  log: 'logs',
} as const satisfies Record<Exclude<Noun, 'message'>, Service>

/** What becomes of messages, told by whichever service gives one up or sends it again. */
export type News = Extract<EventName, `message.${string}`>
type Noun = EventName extends `${infer N}.${string}` ? N : never

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
