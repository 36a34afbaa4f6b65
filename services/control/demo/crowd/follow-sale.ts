import { setTimeout as delay } from 'node:timers/promises'
import { createParser } from 'eventsource-parser'
import { z } from 'zod'

const AGAIN_MS = 500

const saleNow = z.object({ state: z.string(), admittedUpTo: z.int(), seed: z.string().nullable() })
const told = z.object({ data: saleNow })
/** What a crowd has to know of its sale. */
export type SaleNow = z.infer<typeof saleNow>

/** Follows the stream of a sale, again and again, until `end`. What is returned tells how it stands; null before it is known. */
export function followSale(url: string, end: AbortSignal): () => SaleNow | null {
  let now: SaleNow | null = null
  const read = async () => {
    const { body } = await fetch(url, { signal: end })
    if (body === null) return
    const onEvent = ({ data }: { data: string }) => {
      now = told.parse(JSON.parse(data)).data
    }
    const parser = createParser({ onEvent })
    for await (const text of body.pipeThrough(new TextDecoderStream())) parser.feed(text)
  }
  const readOn = async () => {
    while (!end.aborted) {
      await read().catch(() => {}) // it was killed, and comes back
      await delay(AGAIN_MS)
    }
  }
  void readOn()
  return () => now
}
