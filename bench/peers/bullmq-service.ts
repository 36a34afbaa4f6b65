import { serve } from '../serve.ts'
import { openQueues } from './bullmq-queues.ts'
import { startWorker } from './bullmq-worker.ts'
import { openJobs, readPeerConfig } from './jobs/open-jobs.ts'

// One of the services, on BullMQ.
const config = readPeerConfig()
let rest = async () => {}

async function work(): Promise<void> {
  const jobs = openJobs(config)
  const queues = openQueues(config.redisUrl)
  const worker = startWorker(config, jobs.doJob, queues)
  await worker.waitUntilReady()
  rest = async () => {
    await worker.close()
    await queues.close()
    await jobs.close()
  }
}

serve({ work, rest: () => rest() }, async () => {})
