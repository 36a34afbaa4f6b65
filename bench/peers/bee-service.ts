import Queue from 'bee-queue'
import { createLogger } from '../../shared/logger.ts'
import { serve } from '../serve.ts'
import { openQueues } from './bee-queues.ts'
import { openJobs, readPeerConfig } from './jobs/open-jobs.ts'

const CONCURRENCY = 10 // 5, 10, 20 and 50 are alike: jobs wait for each other's transactions
const CLOSE_LIMIT_MS = 5_000

// One of the services, on Bee-Queue. Jobs leave Redis when they are done, and nobody listens to their events: the
// quickest of the settings.
const config = readPeerConfig()
const log = createLogger(config.service, config.LOG_LEVEL)
let rest = async () => {}

async function work(): Promise<void> {
  const jobs = await openJobs(config, log)
  const queues = openQueues(config.REDIS_URL)
  const quiet = { getEvents: false, sendEvents: false, storeJobs: false }
  const own = new Queue(config.service, {
    redis: { url: config.REDIS_URL },
    ...quiet,
    removeOnSuccess: true,
    activateDelayedJobs: true,
  })
  own.on('error', (error) => log.error({ err: error }, 'queue.failed'))
  own.on('failed', (job, error) => log.warn({ jobId: job.id, reason: error.message }, 'job.failed'))
  await own.ready()
  own.process(CONCURRENCY, async ({ id: jobId, data }) => {
    for (const event of await jobs.doJob(data)) await queues.publish(event)
    const { name: event, subject, at } = data
    log.info({ event, order: data.data.number, subject, jobId, ms: Date.now() - at }, 'done')
  })
  rest = async () => {
    await own.close(CLOSE_LIMIT_MS)
    await queues.close()
    await jobs.close()
  }
}

serve({ work, rest: () => rest() }, async () => {})
