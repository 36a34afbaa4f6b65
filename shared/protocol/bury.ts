import { v7 as uuidv7 } from 'uuid'
import type { Message } from '../events.ts'
import { reasonOf } from '../health.ts'
import type { Sql } from '../store/database.ts'
import { type DeadLetter, insertLetters } from './dead-letters.ts'
import { parseMessage, peekId, writeEnvelope } from './envelope.ts'
import { aboutMessage } from './facts.ts'
import { claim } from './inbox.ts'
import { elementOf } from './outbox.ts'
import type { OutboxRow } from './outbox-rows.ts'
import type { WorkerContext } from './worker-context.ts'

/** Gives a message up: dead letter and inbox row in one transaction, and only then the word to its sender. */
export async function buryMessage<Client extends Sql>(
  message: Message,
  reason: string,
  deps: WorkerContext<Client>,
): Promise<void> {
  const { id, name, orderId } = message
  const body = writeEnvelope(message, JSON.stringify(message.data))
  const letter = {
    ...BLANK,
    id,
    queue: deps.service,
    name,
    orderId,
    reason,
    body,
    at: Date.now(),
    replayId: uuidv7(),
  }
  await deps.publish(async (tx) => {
    const before = await claim(tx, deps.db.read, [id], 'dead', letter.at)
    if (!before.has(id)) await insertLetters(tx, [letter])
  })
  deps.acknowledger.say([[id, 'dead']])
  deps.log.error({ ...aboutMessage(message), reason }, 'message.dead')
}

/** Parses what was popped. What is not a message is given up, and the rest goes on. */
export async function sortOut<Client extends Sql>(raws: string[], context: WorkerContext<Client>): Promise<Message[]> {
  const messages: Message[] = []
  for (const raw of raws) {
    try {
      messages.push(parseMessage(raw))
    } catch (error) {
      await buryGarbage(raw, reasonOf(error), context)
    }
  }
  return messages
}

/** Gives up what is not a message at all. If it names an id, whoever sent it is told too. */
async function buryGarbage<Client extends Sql>(
  raw: string,
  reason: string,
  deps: WorkerContext<Client>,
): Promise<void> {
  const letter = { ...BLANK, id: uuidv7(), queue: deps.service, reason, body: raw, at: Date.now() }
  const id = peekId(raw)
  await deps.publish(async (tx) => {
    await insertLetters(tx, [letter])
    if (id !== null) await claim(tx, deps.db.read, [id], 'dead', letter.at)
  })
  if (id !== null) deps.acknowledger.say([[id, 'dead']])
  deps.log.error({ messageId: id, letterId: letter.id, characters: raw.length, reason }, 'message.dead')
}

/** The letter for a message whose receiver never spoke: a replayed copy keeps its id, for it may be in the inbox. */
export function letterOf(row: OutboxRow, reason: string, now: number): DeadLetter {
  const { id, queue, name, orderId } = row
  return { ...BLANK, id, queue, name, orderId, reason, body: elementOf(row), at: now, replayId: id }
}

const BLANK = { name: null, orderId: null, replayId: null, replayedAt: null }
