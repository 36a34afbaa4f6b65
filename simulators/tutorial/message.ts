import { z } from 'zod'

/** The tutorial's message; the id is an order's number. */
export const messageShape = z.object({
  message_id: z.string(),
  data: z.object({ username: z.string(), email: z.string(), cents: z.int() }),
})

export type Message = z.infer<typeof messageShape>

/** Throws when it is not JSON, or none of these. */
export const messageIn = (text: string): Message => messageShape.parse(JSON.parse(text))
