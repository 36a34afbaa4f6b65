import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { PUBLIC } from '../../../shared/web/safe-headers.ts'
import { busAnswer, catalogueAnswer } from './bus-answer.ts'
import { catalogue } from './catalogue.ts'
import type { ReadBus } from './read-bus.ts'

/** `GET /api/events`: who says what to whom. It is no secret. */
export function showCatalogue(): Endpoint {
  const all = catalogue()
  return {
    method: 'get',
    path: '/api/events',
    what: 'List the events: who says them, who hears them, and what they carry',
    answer: { status: 200, what: 'The table of routes', schema: catalogueAnswer },
    problems: [],
    serve: (_req, res) => void res.set(PUBLIC).json(all),
  }
}

/** `GET /api/admin/events`: how often each event is said, what waits for whom, and the newest of each. */
export function showBus(readBus: ReadBus): Endpoint {
  return {
    method: 'get',
    path: '/api/admin/events',
    what: 'Show what goes on between services: rates, what waits, dead letters, and the newest of each event',
    isAdmin: true,
    answer: { status: 200, what: 'As it is now', schema: busAnswer },
    problems: [],
    serve: async (_req, res) => void res.json(await readBus()),
  }
}
