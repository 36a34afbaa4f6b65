import { z } from 'zod'
import { discard, replayEdited } from '../protocol/close-letter.ts'
import {
  canReplay,
  closedLetters,
  countLetters,
  type DeadLetter,
  letterOf,
  openLetters,
  replay,
} from '../protocol/dead-letters.ts'
import { faultsIn } from '../protocol/faults-in.ts'
import { tellDiscarded, tellReplayed } from '../protocol/news.ts'
import type { Pipeline } from '../protocol/pipeline.ts'
import type { Database, Sql } from '../store/database.ts'
import { type Express, Problem, parseBody } from './http.ts'
import { invalid } from './problem.ts'
import { readJson } from './read-body.ts'

const LETTERS_MAX = 200
const REASON_MAX = 500
const BY_MAX = 100

const lettersQuery = z.object({
  limit: z.coerce.number().int().min(0).max(LETTERS_MAX).default(LETTERS_MAX),
  state: z.enum(['open', 'closed']).default('open'),
})
const why = z.string().trim().min(1).max(REASON_MAX)
const by = z.string().min(1).max(BY_MAX)
const replayBody = z
  .object({ ids: z.array(z.string()).max(10_000).optional(), by: by.default('unknown') })
  .default({ by: 'unknown' })
const editBody = z.object({ id: z.string(), body: z.string(), reason: why, by })
const discardBody = z.object({ ids: z.array(z.string()).max(1_000), reason: why, by })

type Deps<Client> = { db: Pick<Database<Client>, 'read'>; pipeline: Pipeline<Client> }

/** A service's own dead letters, and what somebody does about them: each in one transaction with the news of it. */
export function mountLetterOps<Client extends Sql>(app: Express, { db: { read }, pipeline }: Deps<Client>): void {
  app.get('/ops/dead-letters', async (req, res) => {
    const { limit, state } = parseBody(lettersQuery, req.query)
    const letters = await (state === 'open' ? openLetters : closedLetters)(read, limit)
    res.json({ deadLetters: letters.map(shown), total: await countLetters(read) })
  })
  app.post('/ops/dead-letters/replay', readJson, async (req, res) => {
    res.json({ replayed: await replayAsTheyAre(pipeline, parseBody(replayBody, req.body)) })
  })
  app.post('/ops/dead-letters/edit', readJson, async (req, res) => {
    const wanted = parseBody(editBody, req.body)
    const known = await letterOf(read, wanted.id)
    if (known === undefined) throw noSuchLetter()
    refuseFaults(wanted.body, known)
    const { queue, messageId } = await sendEdited(pipeline, wanted)
    res.json({ queue, messageId })
  })
  app.post('/ops/dead-letters/discard', readJson, async (req, res) => {
    res.json({ discarded: await putAway(pipeline, parseBody(discardBody, req.body)) })
  })
}

async function replayAsTheyAre<Client extends Sql>(
  { service, producer }: Pipeline<Client>,
  { ids, by }: z.infer<typeof replayBody>,
): Promise<number> {
  const replayed = await producer.publish(async (tx, emit) => {
    const replayed = await replay(tx, Date.now(), ids, { by, why: null })
    for (const { letter } of replayed) tellReplayed(letter, service, emit)
    return replayed
  })
  for (const queue of new Set(replayed.map(({ queue }) => queue))) producer.nudge(queue)
  return replayed.length
}

/** Sends what was mended in the place of what was given up. */
async function sendEdited<Client extends Sql>(
  { service, producer }: Pipeline<Client>,
  { id, body, reason, by }: z.infer<typeof editBody>,
) {
  const edited = await producer.publish(async (tx, emit) => {
    const edited = await replayEdited(tx, id, body, { by, why: reason }, Date.now())
    if (edited.kind === 'sent') tellReplayed(edited.letter, service, emit)
    return edited
  })
  if (edited.kind !== 'sent') throw refusals[edited.kind]()
  producer.nudge(edited.queue)
  return edited
}

function putAway<Client extends Sql>(
  { service, producer }: Pipeline<Client>,
  { ids, reason, by }: z.infer<typeof discardBody>,
): Promise<number> {
  return producer.publish(async (tx, emit) => {
    const letters = await discard(tx, ids, { by, why: reason }, Date.now())
    for (const letter of letters) tellDiscarded(letter, service, reason, emit)
    return letters.length
  })
}

/** A letter that its sender gave up can only be sent as it is. */
function shown(letter: DeadLetter) {
  return { ...letter, canReplay: canReplay(letter), canEdit: letter.replayId !== letter.id }
}

function refuseFaults(body: string, { queue }: DeadLetter): void {
  const faults = faultsIn(body, queue)
  if (faults.length === 0) return
  throw invalid(faults.map(({ field, message }) => ({ field: ['body', field].filter(Boolean).join('.'), message })))
}

const noSuchLetter = () => new Problem(404, 'Not found', 'There is no such dead letter.')

const refusals = {
  unknown: noSuchLetter,
  closed: () => new Problem(409, 'Conflict', 'Somebody has dealt with this dead letter already.'),
  held: () =>
    new Problem(
      409,
      'Conflict',
      'Its receiver may have handled this message, and never said so. It can be replayed as it is, and takes effect once; it cannot be edited.',
    ),
}
