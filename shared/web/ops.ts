import { z } from 'zod'
import type { Health, Trouble } from '../health.ts'
import { mask } from '../mask.ts'
import { eventsAfter } from '../protocol/event-log.ts'
import { handledAmong } from '../protocol/handled.ts'
import type { Pipeline } from '../protocol/pipeline.ts'
import { readTraffic, type Traffic } from '../protocol/traffic.ts'
import type { Database, Sql } from '../store/database.ts'
import type { CallDoor } from './accept-calls.ts'
import { type Checks, mountHealth } from './health.ts'
import { type Express, Problem, parseBody } from './http.ts'
import type { Metrics } from './metrics.ts'
import { mountLetterOps } from './ops-letters.ts'
import { mountQueueOps } from './ops-queue.ts'
import { readJson } from './read-body.ts'

const trafficQuery = z.object({ after: z.coerce.number().int().min(0).optional() })
const EVENTS_MAX = 500

const eventsQuery = z.object({
  after: z.coerce.number().int().min(0).optional(),
  since: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(EVENTS_MAX).default(EVENTS_MAX),
})
const paceBody = z.object({ list: z.string(), perSecond: z.number().positive().nullable() })
const HANDLED_MAX = 200 // messages in one question

const handledBody = z.object({ ids: z.array(z.string().max(64)).max(HANDLED_MAX) })

type Deps<Client> = {
  db: Database<Client>
  pipeline: Pipeline<Client>
  metrics: Metrics
  health: Health
  calls: CallDoor
  awaits: (() => Promise<Trouble | null>) | undefined
}

/**
 * The routes every service serves about itself: those of every program and, for calls of ours, its dead letters, what waits, what
 * it sends, its events, which messages it has handled, and its paces.
 */
export function mountOps<Client extends Sql>(app: Express, deps: Deps<Client>): void {
  mountHealth(app, deps.metrics, deps.health, () => look(deps), deps.awaits)
  app.use('/ops', deps.calls.require)
  mountLetterOps(app, deps)
  mountQueueOps(app, deps)
  app.get('/ops/events', async (req, res) => {
    const { after = null } = parseBody(trafficQuery, req.query)
    res.json(withMasked(await readTraffic(deps.db.read, deps.pipeline.service, after)))
  })
  app.get('/ops/event-log', async (req, res) => {
    const { after, since, limit } = parseBody(eventsQuery, req.query)
    const from = since === undefined ? 'end' : { since }
    res.json(await eventsAfter(deps.db.read, after === undefined ? from : { after }, limit))
  })
  app.post('/ops/handled', readJson, async (req, res) => {
    const { ids } = parseBody(handledBody, req.body)
    res.json({ handled: await handledAmong(deps.db.read, ids) })
  })
  app.get('/ops/pace', (_req, res) => void res.json({ paces: deps.pipeline.paces.all() }))
  app.post('/ops/pace', readJson, async (req, res) => {
    const { list, perSecond } = parseBody(paceBody, req.body)
    const pace = await deps.pipeline.paces.set(list, perSecond)
    if (pace === null) throw new Problem(404, 'Not found', `Nothing of ${list} goes out of the shop.`)
    res.json(pace)
  })
}

/** Nobody who looks at events has to know who buys. */
function withMasked(traffic: Traffic) {
  return { ...traffic, samples: traffic.samples.map((one) => ({ ...one, data: mask(JSON.parse(one.data)) })) }
}

async function look<Client extends Sql>({ db, pipeline }: Deps<Client>): Promise<Checks> {
  const isReadable = await db.read.$queryRaw`SELECT 1`.then(
    () => true,
    () => false,
  )
  return { database: isReadable && db.failure() === null, redis: pipeline.redis.status === 'ready' }
}
