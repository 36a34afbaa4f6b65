import { z } from 'zod'
import { reasonOf } from '../../../shared/health.ts'
import { queueKey } from '../../../shared/keys.ts'
import { listsOf, type Queue, type Service, services } from '../../../shared/routes.ts'
import { wholeOf } from '../../../shared/shards.ts'
import type { Redis } from '../../../shared/store/redis.ts'
import type { Ask } from '../../../shared/web/ask-service.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { parseBody } from '../../../shared/web/http.ts'
import { type Messages, messagesAnswer, type WaitingList } from './message-answer.ts'
import { readDisk, sendersTo } from './read-disk.ts'
import { type Page, readList } from './read-list.ts'
import { readPause } from './set-pause.ts'

const AFTER_MAX = 20_000
const LIMIT_MAX = 100

const params = z.object({ service: z.enum(services) })
const query = z.object({
  limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(20).describe('Of each list, and of each sender'),
  after: z.coerce.number().int().min(0).max(AFTER_MAX).default(0).describe('`next` of the page before'),
  from: z.enum(['oldest', 'newest']).default('oldest').describe('Which come first; the oldest are popped next'),
})

type Deps = { redis: Redis; ask: Ask; present: readonly Service[] }

/** `GET /api/admin/queues/:service/messages`: what waits in Redis, and on disk with its senders. Lists move: pages may overlap. */
export function listMessages(deps: Deps): Endpoint {
  return {
    method: 'get',
    path: '/api/admin/queues/:service/messages',
    what: 'Look into the messages that wait for a service',
    isAdmin: true,
    query,
    answer: { status: 200, what: 'A page of each of its lists', schema: messagesAnswer },
    problems: [],
    serve: async (req, res) => {
      const { service } = parseBody(params, req.params)
      res.json(await look(service, parseBody(query, req.query), deps))
    },
  }
}

async function look(service: Service, page: Page, deps: Deps): Promise<Messages> {
  const [pausedAt, looks] = await Promise.all([
    readPause(deps.ask, service),
    listsInUse(deps.redis, service).then((all) => Promise.all(all.map((list) => lookInto(list, page, deps)))),
  ])
  const lists = looks.map(({ list }) => list)
  const hasMore = lists.some(({ waiting, onDisk }) =>
    [waiting ?? 0, ...onDisk.map(({ count }) => count)].some((count) => count > page.after + page.limit),
  )
  const next = page.after + page.limit
  return {
    ...{ service, at: new Date().toISOString(), pausedAt: pausedAt === null ? null : new Date(pausedAt).toISOString() },
    ...{ lists, next: hasMore && next <= AFTER_MAX ? next : null },
    trouble: looks.find(({ trouble }) => trouble !== null)?.trouble ?? null,
    unreachable: [...new Set(looks.flatMap(({ unreachable }) => unreachable))],
  }
}

/** All but those shards of its list that are empty: nobody has to be asked for them. While Redis does not tell, all. */
async function listsInUse(redis: Redis, service: Service): Promise<Queue[]> {
  const isInUse = async (list: Queue) => wholeOf(list) === list || (await redis.llen(queueKey(list)).catch(() => 1)) > 0
  const lists = listsOf(service)
  const inUse = await Promise.all(lists.map(isInUse))
  return lists.filter((_, i) => inUse[i])
}

type Look = { list: WaitingList; trouble: string | null; unreachable: Service[] }

/** While Redis does not tell what is in the list, its senders tell all that they answer for. */
async function lookInto(list: Queue, page: Page, { redis, ask, present }: Deps): Promise<Look> {
  const senders = sendersTo(list).filter((sender) => present.includes(sender))
  const inRedis = await readList(redis, list, page).then(
    (read) => ({ ...read, trouble: null }),
    (error) => ({ waiting: null, messages: [], trouble: reasonOf(error) }),
  )
  const { waiting, messages, trouble } = inRedis
  const of = trouble === null ? 'waiting' : 'all'
  const told = await Promise.all(
    senders.map(async (sender) => ({ sender, disk: await readDisk(ask, sender, list, page, of) })),
  )
  const onDisk = told.flatMap(({ disk }) => disk ?? [])
  return {
    list: { list, waiting, messages, onDisk },
    trouble,
    unreachable: told.filter(({ disk }) => disk === null).map(({ sender }) => sender),
  }
}
