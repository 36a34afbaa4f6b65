import { Queue, Worker } from 'bullmq'
import { readConfig } from '../../shared/config.ts'
import { newId } from '../../shared/new-id.ts'
import { serve } from '../serve.ts'

const CONCURRENCY = 100 // of 20, 50, 100, 200 the best, by a hair
const CHUNK = 500

const { REDIS_URL: url } = readConfig()
const queue = new Queue('inventory', { connection: { url }, defaultJobOptions: { removeOnComplete: true } })

serve({ fill, drain }, () => queue.close())

async function fill(count: number): Promise<void> {
  for (let left = count; left > 0; left -= CHUNK) {
    const data = () => ({ orderId: newId(), at: Date.now(), data: { number: 'OL-1000001' } })
    await queue.addBulk(
      Array.from({ length: Math.min(left, CHUNK) }, () => ({ name: 'order.cancelled', data: data() })),
    )
  }
}

/** Works until so many jobs are completed; answers with how long that took (ms). */
async function drain(count: number): Promise<number> {
  const connection = { url, maxRetriesPerRequest: null }
  const worker = new Worker('inventory', async () => {}, { connection, concurrency: CONCURRENCY, autorun: false })
  await worker.waitUntilReady()
  const startMs = performance.now()
  const completed = new Promise<void>((resolve) => {
    let left = count
    worker.on('completed', () => --left === 0 && resolve())
  })
  worker.run()
  await completed
  const tookMs = performance.now() - startMs
  await worker.close()
  return tookMs
}
