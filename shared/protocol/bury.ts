import { v7 as uuidv7 } from 'uuid'
import { reasonOf } from '../health.ts'
import type { Logger } from '../logger.ts'
import { type Queue, type Service, serviceOf } from '../routes.ts'
import type { Sql } from '../store/database.ts'
import { type DeadLetter, insertLetters } from './dead-letters.ts'
import { elementOf } from './element.ts'
import { parseMessage, peekId, writeEnvelope } from './envelope.ts'
import { aboutMessage, noteTaken } from './facts.ts'
import { forgottenAmong } from './horizon.ts'
import { claim } from './inbox.ts'
import { tellBuried } from './news.ts'
import type { Publish } from './outbox.ts'
import { deleteRows, rowsOf, type Sending, type Waiting } from './outbox-rows.ts'
import type { Popped, WorkerContext } from './worker-context.ts'

/** Gives a message up: dead letter and inbox row in one transaction, and only then the word to its sender. */
export async function buryMessage<Client extends Sql>(
  message: Popped,
  reason: string,
  deps: WorkerContext<Client>,
): Promise<void> {
  const { id, name, subject, list } = message
  const body = writeEnvelope(message, JSON.stringify(message.data))
  const letter = {
    ...BLANK,
    id,
    queue: deps.service,
    name,
    subject,
    reason,
    body,
    at: Date.now(),
    replayId: uuidv7(),
  }
  await deps.publish(async (tx, emit) => {
    const before = await claim(tx, deps.db.read, [id], 'dead', letter.at)
    if (before.has(id)) return
    await insertLetters(tx, [letter])
    tellBuried(letter, deps.service, emit)
  })
  deps.acknowledger.say([[list, id, 'dead']])
  deps.log.error({ ...aboutMessage(message), reason }, 'message.dead')
}

/** Parses what was popped from a list. What is not a message is given up, and the rest goes on. */
export async function sortOut<Client extends Sql>(
  raws: string[],
  list: Queue,
  context: WorkerContext<Client>,
): Promise<Popped[]> {
  const messages: Popped[] = []
  const garbage: Garbage[] = []
  for (const raw of raws) {
    try {
      messages.push(Object.assign(parseMessage(raw), { list }))
    } catch (error) {
      garbage.push({ raw, reason: reasonOf(error) })
    }
  }
  noteTaken(messages)
  if (garbage.length > 0) await buryGarbage(garbage, list, context)
  return messages
}

type Garbage = { raw: string; reason: string }

/**
 * Gives up what is no message at all, in one transaction: much of it must not stand in the way for long. Whoever sent it
 * is told, if it names an id.
 */
async function buryGarbage<Client extends Sql>(garbage: Garbage[], list: Queue, deps: WorkerContext<Client>) {
  const [queue, at] = [deps.service, Date.now()]
  const letters = garbage.map(({ raw, reason }) => ({ ...BLANK, id: uuidv7(), queue, reason, body: raw, at }))
  const ids = [...new Set(garbage.flatMap(({ raw }) => peekId(raw) ?? []))]
  await deps.publish(async (tx) => {
    await insertLetters(tx, letters)
    await claim(tx, deps.db.read, ids, 'dead', at)
  })
  deps.acknowledger.say(ids.map((id) => [list, id, 'dead']))
  for (const { id: letterId, body, reason } of letters)
    deps.log.error({ messageId: peekId(body), letterId, characters: body.length, reason }, 'message.dead')
}

type Sender = { service: Service; publish: Publish<Sql>; log: Logger }

/** Gives up what is in the outbox, each row for its reason: dead letters in place of the rows. */
export async function buryRows(
  queue: Queue,
  reasons: Map<Waiting, string>,
  { service, publish, log }: Sender,
): Promise<void> {
  const given = [...reasons.keys()]
  const reasonFor = new Map([...reasons].map(([{ id }, reason]) => [id, reason]))
  const letters = await publish(async (tx, emit) => {
    const rows = await rowsOf(tx, queue, given)
    const letters = rows.map((row) => letterOf(queue, row, reasonFor.get(row.id) ?? '', Date.now()))
    await insertLetters(tx, letters)
    await deleteRows(tx, queue, given)
    for (const letter of letters) tellBuried(letter, service, emit)
    return letters
  })
  for (const { body, ...letter } of letters) log.error(letter, 'message.dead')
}

/** The letter for a message whose receiver never spoke: a replayed copy keeps its id, for it may be in the inbox. */
function letterOf(queue: Queue, row: Sending, reason: string, now: number): DeadLetter {
  const { id, name, subject } = row
  return { ...BLANK, id, queue: serviceOf(queue), name, subject, reason, body: elementOf(row), at: now, replayId: id }
}

/** Gives up what may have been handled before, and forgotten since. Returns the rest. */
export async function buryForgotten<Client extends Sql>(
  messages: Popped[],
  deps: WorkerContext<Client>,
): Promise<Popped[]> {
  const forgotten = await forgottenAmong(deps.db.read, messages, Date.now())
  for (const message of messages.filter(({ id }) => forgotten.has(id))) await buryMessage(message, FORGOTTEN, deps)
  return messages.filter(({ id }) => !forgotten.has(id))
}

const FORGOTTEN = 'it is older than what the inbox remembers, and may have been handled'
const NOT_CLOSED = { replayedAt: null, discardedAt: null, closedBy: null, closedWhy: null, editedBody: null }
const BLANK = { name: null, subject: null, replayId: null, ...NOT_CLOSED }
