import { z } from 'zod'
import { services } from '../../../shared/routes.ts'

const iso = z.iso.datetime()
const service = z.enum(services)

/** One message that waits. What is no message has a `problem` and its text, and none of the rest. */
const message = z.object({
  id: z.string().nullable(),
  event: z.string().nullable(),
  subject: z.string().nullable().describe('The id of what it is about'),
  number: z.string().nullable().describe('The order’s number, where it has one'),
  at: iso.nullable().describe('When it happened'),
  pushedAt: iso.nullable().describe('When it was pushed last; null while it waits on disk'),
  attempt: z.int().nullable(),
  pushes: z
    .int()
    .nullable()
    .describe('How often its sender has pushed it; null for what is in a list: see the message'),
  data: z
    .unknown()
    .describe('Without names, e-mails, phone numbers and streets; null where it is too long to be listed'),
  problem: z.string().nullable().describe('Why it cannot be handled; null where it can'),
  text: z.string().nullable().describe('The beginning of what is no message'),
})

const onDisk = z.object({
  sender: service,
  count: z.int().describe('Messages that wait here for a turn; while Redis does not tell, all that it answers for'),
  isCapped: z.boolean().describe('True when there are more than were counted'),
  messages: z.array(message),
})

const list = z.object({
  list: z.string().describe('The service’s own, a shard of it that is in use, or one of its lanes'),
  waiting: z.int().nullable().describe('Messages in the list; null while Redis cannot tell'),
  messages: z.array(message).describe('Those of this page, in the order asked for'),
  onDisk: z.array(onDisk).describe('What is on disk with its senders, as far as they can be asked'),
})

/** A look into what waits for a service, list by list. */
export const messagesAnswer = z.object({
  service,
  at: iso,
  pausedAt: iso.nullable().describe('Since when nothing is popped; null while it goes on, or nobody can tell'),
  lists: z.array(list),
  next: z.int().nullable().describe('`after` of the next page; null where nothing more waits'),
  trouble: z.string().nullable().describe('Why Redis does not tell; null while it does'),
  unreachable: z.array(service).describe('Senders that could not be asked'),
})

const row = z.object({
  sender: service,
  list: z.string(),
  pushes: z.int(),
  attempt: z.int(),
  crashes: z.int().describe('How often it went down with its worker'),
  lastPushedAt: iso.nullable().describe('Null while it waits for a turn'),
  since: iso.describe('When it was first meant for this receiver'),
})

const letter = z.object({
  keptBy: service,
  id: z.string(),
  reason: z.string(),
  at: iso,
  isOpen: z.boolean().describe('Nobody has dealt with it yet'),
})

/** All that anybody still knows of one message to one service. */
export const messageAnswer = z.object({
  id: z.string(),
  service,
  event: z.string().nullable(),
  subject: z.string().nullable(),
  number: z.string().nullable(),
  at: iso.nullable(),
  data: z.unknown().describe('Without names, e-mails, phone numbers and streets'),
  inList: z
    .object({ list: z.string(), place: z.int().describe('1 is popped next'), pushedAt: iso.nullable() })
    .nullable()
    .describe('Null where it is in no list, or Redis cannot tell'),
  said: z.string().nullable().describe('The receiver’s last word in Redis: processing, retrying, requeued, done, dead'),
  rows: z.array(row).describe('Outbox rows: senders that answer for it until the receiver has said its final word'),
  outcome: z
    .object({ outcome: z.enum(['done', 'dead']), at: iso })
    .nullable()
    .describe('The final word on disk'),
  letters: z.array(letter),
  trouble: z.string().nullable().describe('Why Redis does not tell; null while it does'),
  unreachable: z.array(service),
})

export type WaitingMessage = z.infer<typeof message>
export type WaitingList = z.infer<typeof list>
export type Messages = z.infer<typeof messagesAnswer>
export type MessageStory = z.infer<typeof messageAnswer>
