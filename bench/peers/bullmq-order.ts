import { createLogger } from '../../shared/logger.ts'
import { placeOf } from '../../shared/store/place.ts'
import { serve } from '../serve.ts'
import { openQueues } from './bullmq-queues.ts'
import { startWorker } from './bullmq-worker.ts'
import { readPeerConfig } from './jobs/open-jobs.ts'
import { connectOrders, orderJobs } from './jobs/order.ts'
import { startOrderApi } from './jobs/order-api.ts'

// The order service, on BullMQ: its jobs, and its API.
const config = readPeerConfig()
const log = createLogger(config.service, config.LOG_LEVEL)
let rest = async () => {}

async function work(): Promise<string> {
  const prisma = await connectOrders(placeOf(config))
  const queues = openQueues(config.REDIS_URL)
  const api = await startOrderApi(prisma, queues.publish)
  const jobs = orderJobs(prisma, api.tell)
  const worker = startWorker(config, { doJob: jobs.doJob, queues, log })
  await worker.waitUntilReady()
  rest = async () => {
    await api.close()
    await worker.close()
    await queues.close()
    await jobs.close()
  }
  return api.url
}

serve({ work, rest: () => rest() }, async () => {})
