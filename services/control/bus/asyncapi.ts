import { z } from 'zod'
import { schemaOf, versionOf } from '../../../shared/event-versions.ts'
import { queueKey } from '../../../shared/keys.ts'
import { envelope } from '../../../shared/protocol/envelope.ts'
import {
  type EventName,
  eventNames,
  type Queue,
  queuesOf,
  queueTo,
  type Service,
  serviceOf,
  services,
} from '../../../shared/routes.ts'
import { eventsFrom } from '../../../shared/ways.ts'
import { laneOf } from './catalogue.ts'
import { queues } from './read-bus.ts'

type Json = { [name: string]: unknown }

/**
 * Describes who sends what to whom: https://www.asyncapi.com/docs/reference/specification/v3.0.0 All of it is made of the
 * table of routes, the payloads and the envelope that the services themselves go by.
 */
export function asyncApi(): Json {
  return {
    asyncapi: '3.0.0',
    info: INFO,
    defaultContentType: 'application/json',
    channels: byName(queues, nameOf, channelOf),
    operations: { ...sending(), ...byName(queues, (queue) => `${nameOf(queue)}-hears`, hearing) },
    components: {
      messages: byName(eventNames, (event) => event, messageOf),
      schemas: { envelope: envelopeSchema(), ...byName(eventNames, schemaNameOf, (event) => plain(schemaOf(event))) },
    },
  }
}

const INFO = {
  title: 'Orderline',
  version: '1',
  description:
    'Events travel through plain Redis lists: senders LPUSH, receivers BRPOP. Each message comes at least once, and takes ' +
    'effect once; those of one subject may overtake each other.',
}

const byName = <T>(all: readonly T[], name: (one: T) => string, value: (one: T) => unknown): Json =>
  Object.fromEntries(all.map((one) => [name(one), value(one)]))

/** A list's name, in the letters that names of channels may have. */
const nameOf = (queue: Queue) => queue.replace(':', '-')
const schemaNameOf = (event: EventName) => `${event}.v${versionOf(event)}`
const ref = (...path: string[]) => ({ $ref: `#/${path.join('/')}` })
const messagesIn = (queue: Queue, events: EventName[]) =>
  events.map((event) => ref('channels', nameOf(queue), 'messages', event))
const heardOn = (queue: Queue) => eventNames.filter((event) => queuesOf(event).includes(queue))

const LANES = {
  urgent: 'asked before the service’s other lists',
  normal: 'its own list',
  bulk: 'asked after all others',
  aside: 'asked by itself, so that neither waits for the other',
}

function channelOf(queue: Queue): Json {
  const service = serviceOf(queue)
  return {
    address: queueKey(queue),
    title: queue,
    description: `What ${service} hears; ${LANES[laneOf(queue)]}. The shop’s own prefix stands before the key.`,
    parameters: { [service]: hashTag(service) },
    messages: byName(
      heardOn(queue),
      (event) => event,
      (event) => ref('components', 'messages', event),
    ),
  }
}

/** Addresses have braces for parameters; those of the key stand for themselves. */
function hashTag(service: Service): Json {
  const itself = `{${service}}`
  return { description: 'A hash tag of Redis Cluster, with its braces', enum: [itself], default: itself }
}

function sending(): Json {
  const ways = services.flatMap((from) => queues.map((queue) => ({ from, queue, events: sentTo(queue, from) })))
  return Object.fromEntries(
    ways
      .filter(({ events }) => events.length > 0)
      .map(({ from, queue, events }) => [`${from}-says-to-${nameOf(queue)}`, operation('send', from, queue, events)]),
  )
}

const sentTo = (queue: Queue, from: Service) =>
  eventsFrom(from, serviceOf(queue)).filter((event) => queueTo(serviceOf(queue), event) === queue)

const hearing = (queue: Queue) => operation('receive', serviceOf(queue), queue, heardOn(queue))

function operation(action: 'send' | 'receive', service: Service, queue: Queue, events: EventName[]): Json {
  return { action, 'x-service': service, channel: ref('channels', nameOf(queue)), messages: messagesIn(queue, events) }
}

function messageOf(event: EventName): Json {
  return {
    name: event,
    title: event,
    correlationId: { description: 'What it is about: an order, mostly', location: '$message.payload#/subject' },
    payload: { allOf: [ref('components', 'schemas', 'envelope'), carrying(event)] },
    'x-version': versionOf(event),
  }
}

const carrying = (event: EventName): Json => ({
  type: 'object',
  properties: { name: { const: event }, data: ref('components', 'schemas', schemaNameOf(event)) },
  required: ['name', 'data'],
})

/** All of a message but what it carries. */
function envelopeSchema(): Json {
  return plain(z.toJSONSchema(envelope.omit({ data: true }), { io: 'input' }))
}

/** A schema as AsyncAPI has them, which knows one dialect only: what we say is the same in all. */
function plain({ $schema: _, ...schema }: z.core.JSONSchema.BaseSchema): Json {
  return schema
}
