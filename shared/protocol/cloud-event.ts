import { z } from 'zod'
import { versionOf } from '../event-versions.ts'
import { events, Unfixable } from '../events.ts'
import { type EventName, isEventName, type Service } from '../routes.ts'

/**
 * An event in the form that the world outside knows: CloudEvents 1.0, structured mode, to be sent as
 * `application/cloudevents+json`. Source: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 * `traceparent` is the extension for tracing.
 */
export type CloudEvent = {
  specversion: '1.0'
  id: string
  source: string
  type: string
  subject: string
  time: string
  dataschema: string
  datacontenttype: 'application/json'
  data: unknown
  traceparent?: string
}

/**
 * An event as it is told to others: what a message and a kept event have in common. `at` is in ms, `data` no text, and `v`
 * the version of those where it is not the newest.
 */
export type Told = {
  id: string
  name: EventName
  subject: string
  at: number
  v?: number | undefined
  data: unknown
  traceparent?: string | null | undefined
}

const TYPE_PREFIX = 'orderline.'

/** Tells an event to the world. `by` is the service that emitted it, `shopUrl` where people find the shop, without a slash. */
export function cloudEventOf(
  { id, name, subject, at, v = versionOf(name), data, traceparent }: Told,
  by: Service,
  shopUrl: string,
): CloudEvent {
  return {
    specversion: '1.0',
    id,
    source: `${shopUrl}/events#${by}`,
    type: TYPE_PREFIX + name,
    subject,
    time: new Date(at).toISOString(),
    dataschema: shopUrl + schemaPathOf(name, v),
    datacontenttype: 'application/json',
    data,
    ...(traceparent && { traceparent }),
  }
}

/** Where the JSON Schema of an event's data is to be had. */
export function schemaPathOf(event: string, version: number): string {
  return `/schemas/${event}/v${version}`
}

const attributes = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  source: z.string().min(1),
  type: z.string().startsWith(TYPE_PREFIX),
  subject: z.string().min(1),
  time: z.iso.datetime({ offset: true }),
  dataschema: z.string(),
  datacontenttype: z.literal('application/json').optional(),
  data: z.unknown(),
  traceparent: z.string().optional(),
})

/** Reads one of our events back. Throws `Unfixable` for what is none, or carries what its listeners would not take. */
export function fromCloudEvent(told: unknown): Told {
  const parsed = attributes.safeParse(told)
  if (!parsed.success) throw new Unfixable('not a CloudEvent of ours', { cause: parsed.error })
  const { id, type, subject, time, dataschema, data, traceparent } = parsed.data
  const name = type.slice(TYPE_PREFIX.length)
  if (!isEventName(name)) throw new Unfixable(`unknown event: ${name.slice(0, 80)}`)
  if (!dataschema.endsWith(schemaPathOf(name, versionOf(name)))) throw new Unfixable(`${name} of another version`)
  const payload = events[name].safeParse(data)
  if (!payload.success) throw new Unfixable(`invalid ${name}`, { cause: payload.error })
  return { id, name, subject, at: Date.parse(time), data: payload.data, ...(traceparent && { traceparent }) }
}
