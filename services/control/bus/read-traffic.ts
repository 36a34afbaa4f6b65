import { z } from 'zod'
import { type Service, services } from '../../../shared/routes.ts'
import type { Ask } from '../../../shared/web/ask-service.ts'
import { createMeter } from './meter.ts'

const sample = z.object({
  name: z.string(),
  v: z.number(),
  id: z.string(),
  subject: z.string(),
  at: z.number(),
  data: z.unknown(),
})

const traffic = z.object({
  upTo: z.number(),
  sent: z.array(z.object({ name: z.string(), count: z.number() })),
  samples: z.array(sample),
  onDisk: z.array(
    z.object({ queue: z.string(), count: z.number(), isCapped: z.boolean(), oldestAt: z.number().nullable() }),
  ),
  dead: z.array(z.object({ queue: z.enum(services), name: z.string().nullable(), count: z.number() })),
})

export type Sample = z.infer<typeof sample>
export type Traffic = z.infer<typeof traffic>

/** What one service has told: `now` is null while it cannot be asked; samples stay as they were known last. */
export type Told = { now: Traffic | null; samples: Map<string, Sample>; perS(event: string): number | null }

const FOLLOWS_MS = 10_000 // an answer after a longer pause says nothing of now

/** Asks a service again and again what goes through its tables. Never rejects. */
export function createTrafficReader(service: Service, ask: Ask): () => Promise<Told> {
  const meter = createMeter()
  const samples = new Map<string, Sample>()
  let before: { upTo: number; at: number } | null = null
  return async () => {
    const at = performance.now()
    if (before !== null && at - before.at > FOLLOWS_MS) before = null
    const reply = await ask(service, `/ops/events${before === null ? '' : `?after=${before.upTo}`}`)
    const now = traffic.safeParse(reply?.body).data ?? null
    for (const one of now?.samples ?? []) samples.set(one.name, one)
    meter.note(before === null || now === null ? null : at - before.at, now?.sent ?? [])
    before = now && { upTo: now.upTo, at }
    return { now, samples, perS: meter.perS }
  }
}
