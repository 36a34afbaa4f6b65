import { z } from 'zod'
import { mask } from '../mask.ts'
import { tracesOf } from '../protocol/message-traces.ts'
import type { Pipeline } from '../protocol/pipeline.ts'
import { countWaiting, waitingRows } from '../protocol/waiting-rows.ts'
import { listsOf, type Queue, services } from '../routes.ts'
import type { Database, Sql } from '../store/database.ts'
import { type Express, parseBody } from './http.ts'
import { readJson } from './read-body.ts'

/** How far into what waits somebody may look, and how much at once. */
const SLICE_AFTER_MAX = 20_000
const SLICE_MAX = 100

const lists: Queue[] = services.flatMap(listsOf)
const waitingQuery = z.object({
  list: z.enum(lists),
  after: z.coerce.number().int().min(0).max(SLICE_AFTER_MAX).default(0),
  limit: z.coerce.number().int().min(1).max(SLICE_MAX).default(SLICE_MAX),
  from: z.enum(['oldest', 'newest']).default('oldest'),
  of: z.enum(['waiting', 'all']).default('waiting'),
})
const messageQuery = z.object({ id: z.string().min(1).max(64) })
const pauseBody = z.object({ isPaused: z.boolean() })

type Deps<Client> = { db: Pick<Database<Client>, 'read'>; pipeline: Pick<Pipeline<Client>, 'pause'> }

/**
 * What waits here on disk for a turn in a list, what the service knows of one message, both without anybody's name and
 * address, and whether it pops.
 */
export function mountQueueOps<Client extends Sql>(app: Express, { db, pipeline }: Deps<Client>): void {
  app.get('/ops/waiting', async (req, res) => {
    const { list, from, of, ...slice } = parseBody(waitingQuery, req.query)
    const isAll = of === 'all'
    const rows = await waitingRows(db.read, list, { ...slice, isNewestFirst: from === 'newest', isAll })
    res.json({ rows: rows.map(masked), ...(await countWaiting(db.read, list, isAll)) })
  })
  app.get('/ops/message', async (req, res) => {
    const { event, ...traces } = await tracesOf(db.read, parseBody(messageQuery, req.query).id)
    res.json({ event: event && masked(event), ...traces })
  })
  app.get('/ops/pause', (_req, res) => void res.json({ since: pipeline.pause.since() }))
  app.post('/ops/pause', readJson, async (req, res) => {
    const { isPaused } = parseBody(pauseBody, req.body)
    res.json({ since: await pipeline.pause.set(isPaused, Date.now()) })
  })
}

const masked = <Row extends { data: string }>(row: Row) => ({ ...row, data: mask(JSON.parse(row.data)) })
