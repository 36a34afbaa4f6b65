import { z } from 'zod'

const ours = z.object({
  id: z.string(),
  name: z.string().optional(), // of the event; rows of an outbox do not carry it
  subject: z.string().optional(),
})

const tutorials = z.object({ message_id: z.string() }).transform(({ message_id: id }) => ({ id, subject: id }))
const known = ours.or(tutorials)

/** A message as far as it is known somewhere: rows and acknowledgements know its id alone. `raw` is the element of a list. */
export type KnownMessage = z.infer<typeof ours> & { raw?: string }

const MOST = 20 // of a batch
const RAW_MAX = 2_000 // a longer element is told without

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
  return typeof one === 'string' ? elementIn(one) : known.safeParse(one).data
}

function elementIn(raw: string): KnownMessage | undefined {
  try {
    const { data } = known.safeParse(JSON.parse(raw))
    return data && (raw.length <= RAW_MAX ? { ...data, raw } : data)
  } catch {
    return undefined
  }
}
