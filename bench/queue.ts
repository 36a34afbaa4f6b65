import type { Contest, Contestant, Figures, Round } from './contest.ts'
import { type Process, startProcess } from './process.ts'

const OURS = 'Orderline'
const BULLMQ = 'BullMQ'

/** What the queue alone can carry. */
export const queue: Contest = {
  name: 'queue',
  what:
    'Messages nobody does anything about, from waiting to acknowledged, one process sends, one or two work, whichever brings ' +
    'more. Orderline empties its outbox and fills its inbox, and waits for the disk; the others do neither, and their jobs are gone ' +
    'when they are done.',
  units: { messagesPerSecond: 'messages/s' },
  size: 400_000,
  quickSize: 50_000,
  rounds: 5,
  contestants: [
    contestant(OURS, 1, 2, 'ours/no-op-sender.js', 'ours/no-op-worker.js'),
    contestant(BULLMQ, 1 / 4, 1, 'peers/bullmq-no-op.js'), // the rate is what counts
    contestant('Bee-Queue', 1 / 4, 2, 'peers/bee-no-op.js'),
  ],
  goals: [{ figure: 'messagesPerSecond', ours: OURS, than: BULLMQ, atLeast: 4 }],
}

const WARM_UP = 0.1 // as many messages more, before those that count

/** Plays `share` of the messages, with so many worker processes: of one and two what serves this contestant best. */
function contestant(name: string, share: number, count: number, sends: string, works = sends): Contestant {
  const play = async ({ folder, redisUrl, size }: Round): Promise<Figures> => {
    const env = { DATA_DIR: folder, REDIS_URL: redisUrl, LOG_LEVEL: 'warn' }
    const messages = Math.ceil(size * share)
    const sender = await startProcess(sends, env)
    const workers = await Promise.all(Array.from({ length: count }, () => startProcess(works, env)))
    try {
      await drain(sender, workers, Math.ceil(messages * WARM_UP))
      const tookMs = await drain(sender, workers, messages)
      return { messagesPerSecond: (messages / tookMs) * 1_000 }
    } finally {
      await Promise.all([sender, ...workers].map((process) => process.stop()))
    }
  }
  return { name, play }
}

/** How long it takes (ms) until messages that wait are handled, and their sender knows. */
async function drain(sender: Process, workers: Process[], messages: number): Promise<number> {
  const askAll = (question: string) => Promise.all(workers.map((worker) => worker.ask(question)))
  await sender.ask('fill', messages)
  await askAll('open')
  const startMs = performance.now()
  await Promise.all([askAll('work'), sender.ask('confirmed')])
  const tookMs = performance.now() - startMs
  await askAll('rest')
  return tookMs
}
