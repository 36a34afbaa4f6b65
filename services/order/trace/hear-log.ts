import { z } from 'zod'
import type { Ask } from '../../../shared/web/ask-service.ts'

const reply = z.object({ lines: z.array(z.string()) })

const count = z.number().nonnegative()
const line = z.object({
  time: z.int(),
  service: z.string(),
  msg: z.string(),
  messageId: z.string(),
  ms: count.optional(),
  heldMs: count.optional(),
  delayMs: count.optional(),
  attempt: z.int().optional(),
  isOutage: z.boolean().optional(),
})

/** What a program has written down about a message: with `ms` it has handled it. Times in ms since the epoch. */
export type LogLine = z.infer<typeof line>

/** What the log tells of an order's messages, the oldest first; null where it cannot be asked. */
export async function hearLog(ask: Ask, orderId: string): Promise<LogLine[] | null> {
  const answer = await ask('logs', `/ops/story?${new URLSearchParams({ subject: orderId })}`)
  const told = reply.safeParse(answer?.body).data
  return told?.lines.flatMap(parse).sort((a, b) => a.time - b.time) ?? null
}

/** Most lines of an order are about a message; the others are not meant. */
function parse(text: string): LogLine[] {
  try {
    const told = line.safeParse(JSON.parse(text))
    return told.success ? [told.data] : []
  } catch {
    return [] // cut off
  }
}
