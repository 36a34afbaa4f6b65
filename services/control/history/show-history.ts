import { z } from 'zod'
import { services } from '../../../shared/routes.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { parseBody } from '../../../shared/web/http.ts'
import { csvOf, format, sendTable, TABLE, wantsTable } from '../../../shared/web/table.ts'
import { type History, STEP_MS } from './history.ts'
import { historyAnswer, type Moment, type QueueHistory } from './history-answer.ts'

const params = z.object({ service: z.enum(services) })
const query = z.object({ format })

/** `GET /api/admin/queues/:service/history`: how a queue went over the last hour, in steps of five seconds. */
export function showHistory(history: History): Endpoint {
  return {
    method: 'get',
    path: '/api/admin/queues/:service/history',
    what: 'Show how a queue went over the last hour, as far as control has been up',
    isAdmin: true,
    query,
    answer: { status: 200, what: 'Its moments, the oldest first', schema: historyAnswer, others: TABLE },
    problems: [],
    serve: async (req, res) => {
      const { service } = parseBody(params, req.params)
      const wanted = parseBody(query, req.query).format
      const moments = history.of(service)
      if (wantsTable(req, wanted)) return sendTable(res, `history-${service}`, csvOf(COLUMNS, moments.map(rowOf)))
      res.json({ service, stepMs: STEP_MS, moments } satisfies QueueHistory)
    },
  }
}

const COLUMNS = ['at', 'waiting', 'inFlight', 'handledPerS', 'retried', 'dead']

function rowOf({ t, waiting, inFlight, handledPerS, retried, dead }: Moment) {
  return [new Date(t * 1_000).toISOString(), waiting, inFlight, handledPerS, retried, dead]
}
