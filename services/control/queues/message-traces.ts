import { z } from 'zod'
import { isOurs, type Queue, type Service } from '../../../shared/routes.ts'
import type { Ask } from '../../../shared/web/ask-service.ts'

const traces = z.object({
  event: z.object({ name: z.string(), subject: z.string(), at: z.number(), data: z.unknown() }).nullable(),
  rows: z.array(
    z.object({
      queue: z.custom<Queue>((name) => typeof name === 'string' && isOurs(name)),
      ...{ attempt: z.int(), pushes: z.int(), crashes: z.int(), stamp: z.number(), enqueuedAt: z.number() },
    }),
  ),
  word: z.object({ outcome: z.enum(['done', 'dead']), at: z.number() }).nullable(),
  letters: z.array(z.object({ id: z.string(), reason: z.string(), at: z.number(), isOpen: z.boolean() })),
})

/** What one service has on disk about a message. */
export type Told = { service: Service; traces: z.infer<typeof traces> }

/** Asks every service what it has on disk about a message. */
export async function askTraces(ask: Ask, present: readonly Service[], id: string) {
  const query = new URLSearchParams({ id })
  const asked = await Promise.all(
    present.map(async (service) => {
      const reply = await ask(service, `/ops/message?${query}`)
      return { service, traces: traces.safeParse(reply?.body).data ?? null }
    }),
  )
  return {
    told: asked.flatMap(({ service, traces }): Told[] => (traces === null ? [] : [{ service, traces }])),
    unreachable: asked.filter(({ traces }) => traces === null).map(({ service }) => service),
  }
}
