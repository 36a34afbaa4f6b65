import { z } from 'zod'
import { discard, replayEdited } from '../protocol/close-letter.ts'
import {
  canReplay,
  closedLetters,
  countLetters,
  type DeadLetter,
  letterOf,
  openLetters,
  type Replayed,
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
  const { service, producer } = pipeline
  const sent = (replayed: Replayed[]) => {
    for (const queue of new Set(replayed.map(({ queue }) => queue))) producer.nudge(queue)
  }
  app.get('/ops/dead-letters', async (req, res) => {
    const { limit, state } = parseBody(lettersQuery, req.query)
    const letters = await (state === 'open' ? openLetters : closedLetters)(read, limit)
    res.json({ deadLetters: letters.map(shown), total: await countLetters(read) })
  })
  app.post('/ops/dead-letters/replay', readJson, async (req, res) => {
    const { ids, by } = parseBody(replayBody, req.body)
    const replayed = await producer.publish(async (tx, emit) => {
      const replayed = await replay(tx, Date.now(), ids, { by, why: null })
      for (const { letter } of replayed) tellReplayed(letter, service, emit)
      return replayed
    })
    sent(replayed)
    res.json({ replayed: replayed.length })
  })
  app.post('/ops/dead-letters/edit', readJson, async (req, res) => {
    const { id, body, reason, by } = parseBody(editBody, req.body)
    const known = await letterOf(read, id)
    if (known === undefined) throw noSuchLetter()
    refuseFaults(body, known)
    const edited = await producer.publish(async (tx, emit) => {
      const edited = await replayEdited(tx, id, body, { by, why: reason }, Date.now())
      if (edited.kind === 'sent') tellReplayed(edited.letter, service, emit)
      return edited
    })
    if (edited.kind !== 'sent') throw refusals[edited.kind]()
    sent([edited])
    res.json({ queue: edited.queue, messageId: edited.messageId })
  })
  app.post('/ops/dead-letters/discard', readJson, async (req, res) => {
    const { ids, reason, by } = parseBody(discardBody, req.body)
    const discarded = await producer.publish(async (tx, emit) => {
      const letters = await discard(tx, ids, { by, why: reason }, Date.now())
      for (const letter of letters) tellDiscarded(letter, service, reason, emit)
      return letters.length
    })
    res.json({ discarded })
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
