import { type Service, services } from '../../../shared/routes.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { type DeadLetter, type DeadLetters, deadLetters } from './dead-letter.ts'
import type { Kept, Letters } from './letters.ts'

const PER_SERVICE = 100

/** `GET /api/admin/dead-letters`: what has been given up anywhere, with the reason, newest first. */
export function listDeadLetters(letters: Letters): Endpoint {
  return {
    method: 'get',
    path: '/api/admin/dead-letters',
    what: 'List dead letters of all services, newest first',
    isAdmin: true,
    answer: { status: 200, what: `The newest, at most ${PER_SERVICE} of each service`, schema: deadLetters },
    problems: [],
    serve: async (_req, res) => {
      const asked = await Promise.all(
        services.map(async (service) => ({ service, kept: await letters.read(service, PER_SERVICE) })),
      )
      res.json({
        deadLetters: asked.flatMap(({ service, kept }) => listed(service, kept)).sort(newestFirst),
        total: asked.reduce((sum, { kept }) => sum + (kept?.total ?? 0), 0),
        unreachable: asked.filter(({ kept }) => kept === null).map(({ service }) => service),
      } satisfies DeadLetters)
    },
  }
}

function listed(service: Service, kept: Kept | null): DeadLetter[] {
  const letters = kept?.deadLetters ?? []
  return letters.map(({ queue, id, name: event, subject, reason, body, at, canReplay }) => {
    const when = new Date(at).toISOString()
    return { service, queue, id, event, subject, reason, body, at: when, canReplay }
  })
}

const newestFirst = (a: DeadLetter, b: DeadLetter) => b.at.localeCompare(a.at)
