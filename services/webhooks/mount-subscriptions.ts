import { lookup } from 'node:dns/promises'
import { z } from 'zod'
import { withoutBrackets } from '../../shared/address.ts'
import type { Logger } from '../../shared/logger.ts'
import { newId } from '../../shared/protocol/new-id.ts'
import { shopEvents } from '../../shared/shop-events.ts'
import type { Database } from '../../shared/store/database.ts'
import { type Express, Problem, parseBody } from '../../shared/web/http.ts'
import { keyTaken } from '../../shared/web/idempotency-key.ts'
import { invalid } from '../../shared/web/problem.ts'
import { readJson } from '../../shared/web/read-body.ts'
import type { Client } from './db.ts'
import { tallies } from './deliveries.ts'
import type { Lines } from './lines.ts'
import { type End, moveTo } from './places.ts'
import { type Networks, OutOfReach, requireReach, subscriberUrl } from './reach.ts'
import { hostOf, newSecret, SUBSCRIPTIONS_MAX, type Subscription } from './subscription.ts'
import {
  allSubscriptions,
  deleteSubscription,
  insertSubscription,
  type Registered,
  registeredAs,
  resume,
} from './subscriptions.ts'

type Deps = {
  db: Database<Client>
  networks: Networks
  lines: Lines
  log: Logger
  /** Where the events of each sender end now; those that cannot be asked are not among them. */
  ends(): Promise<End[]>
  /** Somebody is to be told from now on. */
  onChange(): void
}

/** Who wants to be told, and of what; no events: of all. `key` makes a registration count once however often it is sent. */
const registration = z.object({
  key: z.string().min(1).max(255),
  fingerprint: z.string(),
  url: z.string(),
  events: z.array(z.enum(shopEvents)).max(100).default([]),
})

/** The subscriptions, for calls of ours: all of them, a new one, and the end or the going on of one. */
export function mountSubscriptions(app: Express, deps: Deps): void {
  const { db, lines, log, onChange } = deps
  app.get('/ops/webhooks', async (_req, res) => {
    const [all, counts] = await Promise.all([allSubscriptions(db.read), tallies(db.read)])
    const tallyOf = (id: string) => counts.find(({ subscription }) => subscription === id)
    res.json({ webhooks: all.map((one) => ({ ...shown(one), ...(tallyOf(one.id) ?? NOTHING) })) })
  })
  app.post('/ops/webhooks', readJson, async (req, res) => {
    const { id, secret, ...others } = await register(parseBody(registration, req.body), deps)
    onChange()
    res.status(201).json({ ...shown({ id, secret, ...others }), secret })
  })
  app.post('/ops/webhooks/:id/delete', async ({ params: { id } }, res) => {
    if (!(await db.write((tx) => deleteSubscription(tx, id, Date.now())))) throw unknown(id)
    log.info({ subscription: id }, 'webhook.deleted')
    res.json({ id })
  })
  app.post('/ops/webhooks/:id/resume', async ({ params: { id } }, res) => {
    if (!(await db.write((tx) => resume(tx, id)))) throw unknown(id)
    lines.wake(id)
    onChange()
    log.info({ subscription: id }, 'webhook.resumed')
    res.json({ id })
  })
}

const NOTHING = { waiting: 0, failing: 0, taken: 0, lastAnswer: null }

const shown = ({ id, url, events, createdAt, pausedAt, pauseReason }: Subscription) => ({
  ...{ id, url, events, createdAt, pausedAt, pauseReason },
})

/**
 * It is told of what happens from now on: by where the events of each sender end, for a clock may be put back in the next
 * moment. Only for a sender that is away, time has to do.
 */
async function register(wanted: z.infer<typeof registration>, { db, networks, ends, log }: Deps): Promise<Registered> {
  const url = await checked(wanted.url, networks)
  const begun = await ends() // before `createdAt`: what is made after that is told
  const made: Registered = {
    ...{ ...wanted, url, id: newId(), secret: newSecret(), createdAt: Date.now() },
    ...{ pausedAt: null, pauseReason: null, deletedAt: null },
  }
  const kept = await db.write(async (tx) => {
    const before = await registeredAs(tx, wanted.key)
    if (before !== null) return before
    if ((await allSubscriptions(tx)).length >= SUBSCRIPTIONS_MAX) return null
    await insertSubscription(tx, made)
    const places = begun.map((end) => ({ subscription: made.id, ...end }))
    if (places.length > 0) await moveTo(tx, places)
    return made
  })
  if (kept === null) throw full()
  if (kept.fingerprint !== wanted.fingerprint) throw keyTaken()
  if (kept.deletedAt !== null) throw new Problem(410, 'Gone', 'What this Idempotency-Key registered has been deleted.')
  if (kept === made) log.info({ subscription: made.id, host: hostOf(made), events: made.events }, 'webhook.registered')
  return kept
}

/** What a name stands for is checked at each connection; here it is for whoever registers it to learn at once. */
async function checked(text: string, networks: Networks): Promise<string> {
  try {
    const url = subscriberUrl(text, networks)
    const found = await lookup(withoutBrackets(url.hostname), { all: true }).catch(() => [])
    for (const { address } of found) requireReach(address, networks)
    return url.href
  } catch (error) {
    if (error instanceof OutOfReach) throw invalid([{ field: 'url', message: error.message }])
    throw error
  }
}

const unknown = (id: string) => new Problem(404, 'Not found', `There is no webhook ${id}.`)

function full(): Problem {
  return new Problem(409, 'Conflict', `There are ${SUBSCRIPTIONS_MAX} webhooks already. Delete one first.`)
}
