import { setTimeout as delay } from 'node:timers/promises'
import { Queue, Worker } from 'bullmq'
import { readConfig } from '../../shared/config.ts'
import { newId } from '../../shared/protocol/new-id.ts'
import { serve } from '../serve.ts'

const CONCURRENCY = 100 // of 20, 50, 100, 200 the best, by a hair
const CHUNK = 500
const LOOK_EVERY_MS = 20

const { REDIS_URL: url } = readConfig()
const queue = new Queue('inventory', { connection: { url }, defaultJobOptions: { removeOnComplete: true } })

let worker: Worker | undefined

serve({ fill, confirmed, open, work, rest: async () => worker?.close() }, () => queue.close())

async function fill(count: number): Promise<void> {
  for (let left = count; left > 0; left -= CHUNK) {
    const data = () => ({ subject: newId(), at: Date.now(), data: { number: 'OL-1000001' } })
    await queue.addBulk(
      Array.from({ length: Math.min(left, CHUNK) }, () => ({ name: 'order.cancelled', data: data() })),
    )
  }
}

async function open(): Promise<void> {
  const connection = { url, maxRetriesPerRequest: null }
  worker = new Worker('inventory', async () => {}, { connection, concurrency: CONCURRENCY, autorun: false })
  await worker.waitUntilReady()
}

async function work(): Promise<void> {
  worker?.run()
}

/** Resolves when no job is left. */
async function confirmed(): Promise<void> {
  while ((await queue.getJobCountByTypes('wait', 'active')) > 0) await delay(LOOK_EVERY_MS)
}
