import { z } from 'zod'
import { type Service, services } from '../../../shared/routes.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import type { Kept, Letters } from './letters.ts'

const PER_SERVICE = 100

const deadLetter = z.object({
  service: z.enum(services).describe('Who keeps it'),
  queue: z.enum(services).describe('Whose message it was'),
  id: z.string(),
  event: z.string().nullable(),
  orderId: z.string().nullable(),
  reason: z.string(),
  body: z.string().describe('As it was found in the list'),
  at: z.iso.datetime(),
  canReplay: z.boolean().describe('False when it is not a message at all'),
})

const answer = z.object({
  deadLetters: z.array(deadLetter),
  total: z.int().describe('How many there are, listed or not'),
  unreachable: z.array(z.enum(services)).describe('Services that could not be asked'),
})

type Listed = z.infer<typeof deadLetter>

/** `GET /api/admin/dead-letters`: what has been given up anywhere, with the reason, newest first. */
export function listDeadLetters(letters: Letters): Endpoint {
  return {
    method: 'get',
    path: '/api/admin/dead-letters',
    what: 'List dead letters of all services, newest first',
    isAdmin: true,
    answer: { status: 200, what: `The newest, at most ${PER_SERVICE} of each service`, schema: answer },
    problems: [],
    serve: async (_req, res) => {
      const asked = await Promise.all(
        services.map(async (service) => ({ service, kept: await letters.read(service, PER_SERVICE) })),
      )
      res.json({
        deadLetters: asked.flatMap(({ service, kept }) => listed(service, kept)).sort(newestFirst),
        total: asked.reduce((sum, { kept }) => sum + (kept?.total ?? 0), 0),
        unreachable: asked.filter(({ kept }) => kept === null).map(({ service }) => service),
      } satisfies z.infer<typeof answer>)
    },
  }
}

function listed(service: Service, kept: Kept | null): Listed[] {
  const letters = kept?.deadLetters ?? []
  return letters.map(({ queue, id, name: event, orderId, reason, body, at, replayId }) => {
    const when = new Date(at).toISOString()
    return { service, queue, id, event, orderId, reason, body, at: when, canReplay: replayId !== null }
  })
}

const newestFirst = (a: Listed, b: Listed) => b.at.localeCompare(a.at)
