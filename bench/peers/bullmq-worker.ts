import { type Job, Worker } from 'bullmq'
import type { Logger } from '../../shared/logger.ts'
import type { Queues } from './bullmq-queues.ts'
import type { DoJob } from './jobs/job.ts'
import type { PeerConfig } from './jobs/open-jobs.ts'

const CONCURRENCY = 10 // 5, 10, 20 and 50 are alike: jobs wait for each other's transactions

type Deps = { doJob: DoJob; queues: Queues; log: Logger }

/**
 * A service's BullMQ worker: does a job, queues what follows from it, writes one line. Payment's has BullMQ's own limiter where
 * the gateway's rate is told.
 */
export function startWorker(config: PeerConfig, { doJob, queues, log }: Deps): Worker {
  const { service, REDIS_URL: url, GATEWAY_RATE: max } = config
  const process = async ({ id: jobId, name, data, attemptsStarted: attempt }: Job) => {
    const follows = await doJob({ name, ...data })
    for (const event of follows) await queues.publish(event)
    const { subject, at } = data
    log.info({ event: name, order: data.data.number, subject, jobId, attempt, ms: Date.now() - at }, 'done')
  }
  const connection = { url, maxRetriesPerRequest: null } // as workers must have it
  const limited = service === 'payment' && max !== undefined ? { limiter: { max, duration: 1_000 } } : {}
  const worker = new Worker(service, process, { connection, concurrency: CONCURRENCY, ...limited })
  worker.on('error', (error) => log.error({ err: error }, 'worker.failed'))
  worker.on('failed', (job, error) => log.warn({ jobId: job?.id, reason: error.message }, 'job.failed'))
  return worker
}
