import { type Job, Worker } from 'bullmq'
import { createLogger } from '../../shared/logger.ts'
import type { Queues } from './bullmq-queues.ts'
import type { DoJob } from './jobs/job.ts'
import type { PeerConfig } from './jobs/open-jobs.ts'

const CONCURRENCY = Number(process.env.CONCURRENCY ?? 10)

/** A service's BullMQ worker: does a job, queues what follows from it, writes one line. */
export function startWorker({ service, redisUrl }: PeerConfig, doJob: DoJob, queues: Queues): Worker {
  const log = createLogger(service, 'info')
  const process = async ({ id: jobId, name, data, attemptsStarted: attempt }: Job) => {
    const follows = await doJob({ name, ...data })
    for (const event of follows) await queues.publish(event)
    const { orderId, at } = data
    log.info({ event: name, order: data.data.number, orderId, jobId, attempt, ms: Date.now() - at }, 'done')
  }
  const connection = { url: redisUrl, maxRetriesPerRequest: null } // as workers must have it
  const worker = new Worker(service, process, { connection, concurrency: CONCURRENCY })
  worker.on('error', (error) => log.error({ err: error }, 'worker.failed'))
  worker.on('failed', (job, error) => log.warn({ jobId: job?.id, reason: error.message }, 'job.failed'))
  return worker
}
