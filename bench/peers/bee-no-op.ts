import { setTimeout as delay } from 'node:timers/promises'
import Queue from 'bee-queue'
import { readConfig } from '../../shared/config.ts'
import { newId } from '../../shared/protocol/new-id.ts'
import { serve } from '../serve.ts'

const CONCURRENCY = 200 // of 20, 50, 100, 200 the best
const CHUNK = 500
const LOOK_EVERY_MS = 20
const CLOSE_LIMIT_MS = 5_000

const redis = { url: readConfig().REDIS_URL }
const quiet = { getEvents: false, sendEvents: false, storeJobs: false }
const sender = new Queue('inventory', { redis, ...quiet, isWorker: false })

let worker: Queue | undefined
const rest = async () => void (await worker?.close(CLOSE_LIMIT_MS))

serve({ fill, confirmed, open, work, rest }, async () => void (await sender.close(CLOSE_LIMIT_MS)))

async function fill(count: number): Promise<void> {
  const data = () => ({ name: 'order.cancelled', subject: newId(), at: Date.now(), data: { number: 'OL-1000001' } })
  for (let left = count; left > 0; left -= CHUNK)
    await sender.saveAll(Array.from({ length: Math.min(left, CHUNK) }, () => sender.createJob(data())))
}

async function open(): Promise<void> {
  worker = new Queue('inventory', { redis, ...quiet, removeOnSuccess: true })
  await worker.ready()
}

async function work(): Promise<void> {
  worker?.process(CONCURRENCY, async () => {})
}

/** Resolves when no job is left. */
async function confirmed(): Promise<void> {
  const left = async () => {
    const { waiting, active } = await sender.checkHealth()
    return waiting + active
  }
  while ((await left()) > 0) await delay(LOOK_EVERY_MS)
}
