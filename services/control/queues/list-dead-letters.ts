import { z } from 'zod'
import type { Service } from '../../../shared/routes.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { parseBody } from '../../../shared/web/http.ts'
import { csvOf, format, sendTable, TABLE, wantsTable } from '../../../shared/web/table.ts'
import { type DeadLetter, type DeadLetters, deadLetters } from './dead-letter.ts'
import type { Kept, KeptLetter, Letters } from './letters.ts'

const PER_SERVICE = 100

const query = z.object({
  state: z.enum(['open', 'closed']).default('open').describe('closed: those that somebody has dealt with'),
  format,
})

/** `GET /api/admin/dead-letters`: what has been given up anywhere, with the reason, newest first. */
export function listDeadLetters(letters: Letters, present: readonly Service[]): Endpoint {
  return {
    method: 'get',
    path: '/api/admin/dead-letters',
    what: 'List dead letters of all services, newest first',
    isAdmin: true,
    query,
    answer: {
      status: 200,
      what: `The newest, at most ${PER_SERVICE} of each service`,
      schema: deadLetters,
      others: TABLE,
    },
    problems: [],
    serve: async (req, res) => {
      const { state, format: wanted } = parseBody(query, req.query)
      const asked = await Promise.all(
        present.map(async (service) => ({ service, kept: await letters.read(service, PER_SERVICE, state) })),
      )
      const found: DeadLetters = {
        deadLetters: asked.flatMap(({ service, kept }) => listed(service, kept)).sort(newestFirst),
        total: asked.reduce((sum, { kept }) => sum + (kept?.total ?? 0), 0),
        unreachable: asked.filter(({ kept }) => kept === null).map(({ service }) => service),
      }
      if (!wantsTable(req, wanted)) return void res.json(found)
      sendTable(res, 'dead-letters', csvOf(COLUMNS, found.deadLetters.map(rowOf)))
    },
  }
}

function listed(service: Service, kept: Kept | null): DeadLetter[] {
  return (kept?.deadLetters ?? []).map((letter) => {
    const { queue, id, name: event, subject, reason, body, at, canReplay, canEdit } = letter
    const about = { service, queue, id, event, subject, reason, body, at: iso(at), canReplay, canEdit }
    return { ...about, closed: closingOf(letter) }
  })
}

function closingOf({ replayedAt, discardedAt, closedBy, closedWhy, editedBody }: KeptLetter): DeadLetter['closed'] {
  const at = discardedAt ?? replayedAt
  if (at === null) return null
  const how = discardedAt !== null ? 'discarded' : editedBody !== null ? 'edited' : 'replayed'
  return { how, at: iso(at), by: closedBy ?? 'unknown', why: closedWhy, sent: editedBody }
}

const newestFirst = (a: DeadLetter, b: DeadLetter) => b.at.localeCompare(a.at)
const iso = (ms: number) => new Date(ms).toISOString()

const COLUMNS = [
  'at',
  'keptBy',
  'queue',
  'id',
  'event',
  'subject',
  'reason',
  'became',
  'became at',
  'by',
  'why',
  'body',
]

function rowOf({ at, service, queue, id, event, subject, reason, closed, body }: DeadLetter) {
  return [at, service, queue, id, event, subject, reason, closed?.how, closed?.at, closed?.by, closed?.why, body]
}
