import { z } from 'zod'

const known = z.object({
  id: z.string(),
  name: z.string().optional(), // of the event; rows of an outbox do not carry it
  subject: z.string().optional(),
})

/** A message as far as it is known somewhere: rows and acknowledgements know its id alone. */
export type KnownMessage = z.infer<typeof known>

const MOST = 20 // of a batch

/**
 * The messages in what is known at a point: list elements, messages, events, rows of an outbox, or pairs of id and outcome. What is
 * none of these has none.
 */
export function messagesIn(value: unknown): KnownMessage[] {
  const all = Array.isArray(value) ? value : [value]
  return all.slice(0, MOST).flatMap((one) => messageIn(one) ?? [])
}

function messageIn(one: unknown): KnownMessage | undefined {
  if (Array.isArray(one)) return known.safeParse({ id: one[0] }).data
  if (typeof one !== 'string') return known.safeParse(one).data
  try {
    return known.safeParse(JSON.parse(one)).data
  } catch {
    return undefined
  }
}
