import { z } from 'zod'

const number = z.string().min(1)

/** A dead letter: which message it is, to whom, and who keeps it. One more service must not be a new version. */
const letter = z.object({ number, letter: z.string(), event: z.string(), to: z.string(), by: z.string() })

/** Another service's event, as it was kept there. */
const told = z.object({
  ...{ id: z.string().min(1), name: z.string(), v: z.int().optional(), subject: z.string().min(1) },
  ...{ at: z.number(), traceparent: z.string().optional(), data: z.unknown() },
})

/** What the events carry that are about messages and other events. */
export const messageEvents = {
  'message.buried': letter.extend({ reason: z.string() }),
  'message.replayed': letter,
  'message.discarded': letter.extend({ reason: z.string() }),
  'webhook.due': z.object({ number, subscription: z.string().min(1), told }),
}
