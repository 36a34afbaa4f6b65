import { z } from 'zod'
import { events } from './events.ts'
import { type JsonSchema, jsonSchemaOf } from './json-schema.ts'
import type { EventName } from './routes.ts'

type Upcast = (data: unknown) => unknown

/**
 * What was said in older versions of an event: the first entry makes data of version 2 from those of version 1, and so on.
 * An event's version is one more than it has entries: see docs/changing-an-event.md.
 */
export const upcasts: { [E in EventName]?: Upcast[] } = {
  'order.placed': [withoutDeadline],
  'stock.reserved': [withoutDeadline],
}

/** Every order came with its card then. */
function withoutDeadline(data: unknown): unknown {
  return { ...z.looseObject({}).parse(data), payBy: null }
}

/** The newest version of an event, which its service emits. */
export function versionOf(event: EventName): number {
  return 1 + (upcasts[event]?.length ?? 0)
}

/** Data of version `v` of an event as its newest version says it. */
export function upcast(event: EventName, data: unknown, v: number): unknown {
  return (upcasts[event] ?? []).slice(v - 1).reduce((said, next) => next(said), data)
}

/** What an event carries in its newest version, as it is written into a list: https://json-schema.org/draft/2020-12 */
export function schemaOf(event: EventName): JsonSchema {
  return jsonSchemaOf(events[event])
}
