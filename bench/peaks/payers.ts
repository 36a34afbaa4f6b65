import { join } from 'node:path'
import { openPayment } from '../../services/payment/db.ts'
import { CURRENCY } from '../../shared/catalogue.ts'
import type { Emitted } from '../../shared/events.ts'
import { newId } from '../../shared/protocol/new-id.ts'
import type { Round } from '../contest.ts'
import { openQueues as openBullmq } from '../peers/bullmq-queues.ts'
import { openQueues as openTutorial } from '../peers/tutorial-queues.ts'
import { startProcess } from '../process.ts'
import { untilThere } from '../until-there.ts'

/** Charges as many orders as the round is large. Resolves, when all are charged, with the time (ms) at which it began. */
export type Payers = (round: Round, env: Record<string, string>) => Promise<number>

/** Payment's job alone, on BullMQ. */
export const ofBullmq: Payers = (round, env) =>
  charge(round, env, { script: 'peers/bullmq-service.js', workers: 1 }, async (events) => {
    const queues = openBullmq(round.redisUrl)
    await queues.publishAll(events)
    await queues.close()
  })

/** Payment's job alone, in the tutorial's way, with as many workers as one starts when much waits: each makes one call at a time. */
export const ofTutorial: Payers = (round, env) =>
  charge(round, env, { script: 'peers/tutorial-service.js', workers: 4 }, async (events) => {
    const queues = openTutorial(round.redisUrl)
    await Promise.all(events.map(queues.publish))
    await queues.close()
  })

const CAPTURED = `SELECT COUNT(*) AS count FROM "Payment" WHERE state = 'captured'`

async function charge(
  { folder, redisUrl, size }: Round,
  outside: Record<string, string>,
  { script, workers }: { script: string; workers: number },
  fill: (events: Emitted[]) => Promise<void>,
): Promise<number> {
  await (await openPayment(folder)).close() // makes the tables
  await fill(Array.from({ length: size }, (_, n) => reserved(n)))
  const env = { ...outside, DATA_DIR: folder, REDIS_URL: redisUrl, LOG_LEVEL: 'info', SERVICE: 'payment' }
  const payers = await Promise.all(Array.from({ length: workers }, () => startProcess(script, env)))
  const askAll = (question: string) => Promise.all(payers.map((one) => one.ask(question)))
  try {
    const sinceMs = Date.now()
    await askAll('work')
    await untilThere(join(folder, 'payment.db'), CAPTURED, size)
    await askAll('rest')
    return sinceMs
  } finally {
    await Promise.all(payers.map((one) => one.stop()))
  }
}

/** An order that is there to be charged. */
function reserved(n: number): Emitted {
  const order = { number: `OL-${1_000_001 + n}`, totalCents: 1_800, currency: CURRENCY }
  return { name: 'stock.reserved', subject: newId(), data: { ...order, paymentMethod: 'pm_card_visa', payBy: null } }
}
