import type { Contest, Contestant, Figures, Round } from './contest.ts'
import { startProcess } from './process.ts'

const OURS = 'Orderline'
const BULLMQ = 'BullMQ'

/** What the queue alone can carry. */
export const queue: Contest = {
  name: 'queue',
  what:
    'Messages nobody does anything about, from waiting to acknowledged, sender and worker in one process. Orderline ' +
    'empties its outbox and fills its inbox, and waits for the disk; the others do neither, and their jobs are gone ' +
    'when they are done.',
  units: { messagesPerSecond: 'messages/s' },
  size: 200_000,
  quickSize: 50_000,
  rounds: 5,
  contestants: [
    contestant(OURS, 'ours/no-op.js', 1),
    contestant(BULLMQ, 'peers/bullmq-no-op.js', 1 / 4), // the rate is what counts
    contestant('Bee-Queue', 'peers/bee-no-op.js', 1 / 4),
  ],
  goals: [{ figure: 'messagesPerSecond', ours: OURS, than: BULLMQ, atLeast: 4 }],
}

const WARM_UP = 0.1 // as many messages more, before those that count

function contestant(name: string, script: string, share: number): Contestant {
  const play = async ({ folder, redisUrl, size }: Round): Promise<Figures> => {
    const messages = Math.ceil(size * share)
    const warmUp = Math.ceil(messages * WARM_UP)
    const child = await startProcess(script, { DATA_DIR: folder, REDIS_URL: redisUrl, LOG_LEVEL: 'warn' })
    try {
      await child.ask('fill', warmUp)
      await child.ask('drain', warmUp)
      await child.ask('fill', messages)
      const tookMs = await child.ask<number>('drain', messages)
      return { messagesPerSecond: (messages / tookMs) * 1_000 }
    } finally {
      await child.stop()
    }
  }
  return { name, play }
}
