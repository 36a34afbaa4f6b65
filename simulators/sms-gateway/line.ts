import { z } from 'zod'

/** How an SMS stands, in Twilio's words: https://www.twilio.com/docs/messaging/api/message-resource#message-status-values */
export const statuses = ['queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed'] as const
export type Status = (typeof statuses)[number]

const seen = { sid: z.string(), at: z.number() } // ms
const text = { from: z.string(), to: z.string(), body: z.string() }

/**
 * One line of `sms.jsonl`. `taken`: an SMS to a phone is on its way. `unanswered`: whoever sent it has not heard that it was
 * taken. `status`: how it goes on. `reply`: an SMS from a phone.
 */
export const line = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('taken'), ...seen, ...text, callback: z.string().optional() }),
  z.object({ kind: z.literal('unanswered'), ...seen }),
  z.object({ kind: z.literal('status'), ...seen, status: z.enum(statuses), code: z.int().optional() }),
  z.object({ kind: z.literal('reply'), ...seen, ...text }),
])

export type Line = z.infer<typeof line>
export type Taken = Extract<Line, { kind: 'taken' }>
export type Reply = Extract<Line, { kind: 'reply' }>
export type StatusLine = Extract<Line, { kind: 'status' }>
