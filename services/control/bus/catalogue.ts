import { schemaOf, versionOf } from '../../../shared/event-versions.ts'
import { schemaPathOf } from '../../../shared/protocol/cloud-event.ts'
import {
  asideOf,
  type EventName,
  eventNames,
  lanesOf,
  type Queue,
  queuesOf,
  serviceOf,
  services,
} from '../../../shared/routes.ts'
import { sendersOf } from '../../../shared/senders.ts'
import { shapeOf } from '../../../shared/web/docs/shape.ts'
import type { Catalogue, ListedEvent, Receiver } from './bus-answer.ts'

/** Who says what to whom, as the table has it. */
export function catalogue(): Catalogue {
  return { services: [...services], events: eventNames.map(listed) }
}

function listed(event: EventName): ListedEvent {
  const version = versionOf(event)
  return {
    ...{ event, version, from: [...sendersOf(event)], to: queuesOf(event).map(receiverBy) },
    ...{ schema: schemaPathOf(event, version), shape: shapeOf(schemaOf(event)) },
  }
}

function receiverBy(queue: Queue): Receiver {
  return { service: serviceOf(queue), queue, lane: laneOf(queue) }
}

/** What a list is to the service that pops it. */
export function laneOf(queue: Queue): Receiver['lane'] {
  const [urgent, , bulk] = lanesOf(serviceOf(queue))
  if (queue === urgent) return 'urgent'
  if (asideOf(serviceOf(queue)).includes(queue)) return 'aside'
  return queue === bulk ? 'bulk' : 'normal'
}
