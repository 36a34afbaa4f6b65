import Queue from 'bee-queue'
import { readConfig } from '../../shared/config.ts'
import { newId } from '../../shared/new-id.ts'
import { serve } from '../serve.ts'

const CONCURRENCY = 200 // of 20, 50, 100, 200 the best
const CHUNK = 500
const CLOSE_LIMIT_MS = 5_000

const redis = { url: readConfig().REDIS_URL }
const quiet = { getEvents: false, sendEvents: false, storeJobs: false }
const sender = new Queue('inventory', { redis, ...quiet, isWorker: false })

serve({ fill, drain }, async () => void (await sender.close(CLOSE_LIMIT_MS)))

async function fill(count: number): Promise<void> {
  const data = () => ({ name: 'order.cancelled', orderId: newId(), at: Date.now(), data: { number: 'OL-1000001' } })
  for (let left = count; left > 0; left -= CHUNK)
    await sender.saveAll(Array.from({ length: Math.min(left, CHUNK) }, () => sender.createJob(data())))
}

/** Works until so many jobs have succeeded; answers with how long that took (ms). */
async function drain(count: number): Promise<number> {
  const worker = new Queue('inventory', { redis, ...quiet, removeOnSuccess: true })
  await worker.ready()
  const startMs = performance.now()
  const succeeded = new Promise<void>((resolve) => {
    let left = count
    worker.on('succeeded', () => --left === 0 && resolve())
  })
  worker.process(CONCURRENCY, async () => {})
  await succeeded
  const tookMs = performance.now() - startMs
  await worker.close(CLOSE_LIMIT_MS)
  return tookMs
}
