import { z } from 'zod'
import { eventNames, services } from '../../../shared/routes.ts'

const receiver = z.object({
  service: z.enum(services),
  queue: z.string().describe('Its list, as routes.ts calls it'),
  lane: z.enum(['urgent', 'normal', 'bulk', 'aside']),
})

const listed = z.object({
  event: z.enum(eventNames),
  version: z.int(),
  from: z.array(z.enum(services)).describe('Who says it'),
  to: z.array(receiver).describe('Who hears it'),
  schema: z.string().describe('Where the JSON Schema of its data is'),
  shape: z.string().describe('The same for people'),
})

/** Who says what to whom. */
export const catalogueAnswer = z.object({ services: z.array(z.enum(services)), events: z.array(listed) })

const sample = z.object({
  id: z.string(),
  version: z.int(),
  subject: z.string(),
  at: z.iso.datetime(),
  data: z.unknown().describe('Without names, e-mails, phone numbers and streets'),
})

const eventNow = z.object({
  event: z.enum(eventNames),
  perS: z.number().nullable().describe('How often it is said, over the last seconds; null while it is not known'),
  sample: sample.nullable().describe('The newest, if it is among the last'),
})

const queueNow = z.object({
  queue: z.string(),
  inList: z.int().nullable().describe('Messages in the list; null while Redis is away'),
  onDisk: z
    .int()
    .nullable()
    .describe('Messages that wait for their turn with their senders; null when none can be asked'),
  isFloor: z.boolean().describe('True when there may be more on disk'),
  oldestAgeMs: z.int().nullable().describe('Of what waits; null when nothing does'),
})

const deadNow = z.object({
  service: z.enum(services).describe('Whose messages they were'),
  event: z.string().nullable().describe('Null where it was no message'),
  count: z.int(),
})

/** How it goes on the bus now. */
export const busAnswer = z.object({
  at: z.iso.datetime(),
  events: z.array(eventNow),
  queues: z.array(queueNow),
  dead: z.array(deadNow),
  unreachable: z.array(z.enum(services)).describe('Services that could not be asked'),
})

export type Catalogue = z.infer<typeof catalogueAnswer>
export type ListedEvent = z.infer<typeof listed>
export type Receiver = z.infer<typeof receiver>
export type BusNow = z.infer<typeof busAnswer>
export type EventNow = z.infer<typeof eventNow>
export type QueueNow = z.infer<typeof queueNow>
