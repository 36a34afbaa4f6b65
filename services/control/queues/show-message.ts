import { z } from 'zod'
import { reasonOf } from '../../../shared/health.ts'
import { wordsOn } from '../../../shared/protocol/words-on.ts'
import { listsOf, type Service, serviceOf, services } from '../../../shared/routes.ts'
import type { Redis } from '../../../shared/store/redis.ts'
import type { Ask } from '../../../shared/web/ask-service.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { parseBody } from '../../../shared/web/http.ts'
import { Problem } from '../../../shared/web/problem.ts'
import { type MessageStory, messageAnswer } from './message-answer.ts'
import { askTraces, type Told } from './message-traces.ts'
import { findInList, numberIn } from './read-list.ts'

const params = z.object({ service: z.enum(services), id: z.string().min(1).max(64) })

type Deps = { redis: Redis; ask: Ask; present: readonly Service[] }

/** `GET /api/admin/queues/:service/messages/:id`: who still knows of one message to a service, in Redis and on disk. */
export function showMessage(deps: Deps): Endpoint {
  return {
    method: 'get',
    path: '/api/admin/queues/:service/messages/:id',
    what: 'Show where one message to a service is, and who answers for it',
    isAdmin: true,
    answer: { status: 200, what: 'All that is known of it', schema: messageAnswer },
    problems: [404, 422],
    serve: async (req, res) => {
      const { service, id } = parseBody(params, req.params)
      const story = await storyOf(service, id, deps)
      if (isUnknown(story)) throw new Problem(404, 'Not found', 'Nobody knows of such a message.')
      res.json(story)
    },
  }
}

/** Somebody who cannot be asked may know of it. */
const isUnknown = ({ inList, said, rows, outcome, letters, event, trouble, unreachable }: MessageStory) =>
  inList === null &&
  said === null &&
  outcome === null &&
  event === null &&
  trouble === null &&
  rows.length + letters.length + unreachable.length === 0

async function storyOf(service: Service, id: string, { redis, ask, present }: Deps): Promise<MessageStory> {
  const [inRedis, { told, unreachable }] = await Promise.all([
    readRedis(redis, service, id).catch((error) => ({ inList: null, said: null, trouble: reasonOf(error) })),
    askTraces(ask, present, id),
  ])
  const event = told.find(({ traces }) => traces.event !== null)?.traces.event ?? null
  const word = told.find((one) => one.service === service)?.traces.word ?? null
  return {
    ...{ id, service, event: event?.name ?? null, subject: event?.subject ?? null, number: numberIn(event?.data) },
    ...{ at: event && iso(event.at), data: event?.data ?? null, ...inRedis },
    rows: told.flatMap(rowsTo(service)),
    outcome: word && { outcome: word.outcome, at: iso(word.at) },
    letters: told.flatMap(lettersOf),
    unreachable,
  }
}

async function readRedis(redis: Redis, service: Service, id: string) {
  const [[said = null], places] = await Promise.all([
    wordsOn(redis, service, [id]),
    Promise.all(listsOf(service).map((list) => findInList(redis, list, id))),
  ])
  return { inList: places.find((place) => place !== null) ?? null, said, trouble: null }
}

const rowsTo =
  (service: Service) =>
  ({ service: sender, traces }: Told): MessageStory['rows'] =>
    traces.rows
      .filter(({ queue }) => serviceOf(queue) === service)
      .map(({ queue: list, pushes, attempt, crashes, stamp, enqueuedAt }) => {
        const times = { lastPushedAt: stamp === 0 ? null : iso(stamp), since: iso(enqueuedAt) }
        return { sender, list, pushes, attempt, crashes, ...times }
      })

function lettersOf({ service: keptBy, traces }: Told): MessageStory['letters'] {
  return traces.letters.map(({ id, reason, at, isOpen }) => ({ keptBy, id, reason, at: iso(at), isOpen }))
}

const iso = (ms: number) => new Date(ms).toISOString()
