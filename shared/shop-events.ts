import { type EventName, eventNames, isEventName } from './routes.ts'
import { isNews, type News } from './senders.ts'

/** What happens in the shop, and may be told outside: not what is said about messages, and not who people are. */
export type ShopEvent = Exclude<EventName, News | Errand | Personal>
/** What a service sends to itself: work that is to be done, and no news for anyone else. */
type Errand = 'webhook.due' | 'gateway.told' | 'sms.due' | 'log.collected'
/** What is between a customer and us. */
type Personal = Extract<EventName, `${'customer' | 'mail' | 'sms' | 'alert'}.${string}`>

/** Whether this names something that happens in the shop. */
export function isShopEvent(name: string): name is ShopEvent {
  return isEventName(name) && !isNews(name) && !isPersonal(name) && !errands.includes(name)
}

const errands: EventName[] = ['webhook.due', 'gateway.told', 'log.collected']

/** Whether this names something between a customer and us. */
export function isPersonal(name: string): boolean {
  return /^(customer|mail|sms|alert)\./.test(name)
}

/** Everything that happens in the shop. */
export const shopEvents = eventNames.filter(isShopEvent)
