import { createLogger } from '../../shared/logger.ts'
import { serve } from '../serve.ts'
import { openQueues } from './bullmq-queues.ts'
import { startWorker } from './bullmq-worker.ts'
import { openJobs, readPeerConfig } from './jobs/open-jobs.ts'

// One of the services, on BullMQ.
const config = readPeerConfig()
const log = createLogger(config.service, config.LOG_LEVEL)
let rest = async () => {}

async function work(): Promise<void> {
  const jobs = await openJobs(config, log)
  const queues = openQueues(config.REDIS_URL)
  const worker = startWorker(config, { doJob: jobs.doJob, queues, log })
  await worker.waitUntilReady()
  rest = async () => {
    await worker.close()
    await queues.close()
    await jobs.close()
  }
}

serve({ work, rest: () => rest() }, async () => {})
