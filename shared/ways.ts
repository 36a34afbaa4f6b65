import {
  type EventName,
  eventNames,
  type Queue,
  queuesOf,
  queueTo,
  receiversOf,
  type Service,
  services,
} from './routes.ts'
import { sendersOf } from './senders.ts'

/** The lists a service sends to, its own too: what it replays goes to its own queue. */
export function queuesOfSender(sender: Service): Queue[] {
  const own = eventNames.filter((event) => sendersOf(event).includes(sender))
  const replayed = eventNames.map((event) => queueTo(sender, event))
  return [...new Set([sender, ...replayed, ...own.flatMap(queuesOf)])]
}

/** The events that a service sends to another one. */
export function eventsFrom(sender: Service, receiver: Service): EventName[] {
  return eventNames.filter((event) => sendersOf(event).includes(sender) && receiversOf(event).includes(receiver))
}

/** The services that hear what a service emits. */
export function receiversFrom(sender: Service): Service[] {
  return services.filter((receiver) => eventsFrom(sender, receiver).length > 0)
}
