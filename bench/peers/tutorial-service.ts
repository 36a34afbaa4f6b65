import { Redis } from 'ioredis'
import { createLogger } from '../../shared/logger.ts'
import { serve } from '../serve.ts'
import { openJobs, readPeerConfig } from './jobs/open-jobs.ts'
import { listOf, openQueues, statusOf } from './tutorial-queues.ts'

const WAIT_S = 1

// One of the services, in the tutorial's way: BRPOP, work, HSET, one message after the other; an error pushes again.
const config = readPeerConfig()
const log = createLogger(config.service, config.LOG_LEVEL)
let rest = async () => {}

async function work(): Promise<void> {
  const jobs = await openJobs(config, log)
  const queues = openQueues(config.REDIS_URL)
  const redis = new Redis(config.REDIS_URL)
  const stopping = new AbortController()
  const consumer = consume()
  rest = async () => {
    stopping.abort()
    await consumer
    await redis.quit()
    await queues.close()
    await jobs.close()
  }

  async function consume(): Promise<void> {
    while (!stopping.signal.aborted) {
      const popped = await redis.brpop(listOf(config.service), WAIT_S)
      if (popped !== null) await handle(popped[1])
    }
  }

  async function handle(text: string): Promise<void> {
    const { message_id: id, ...job } = JSON.parse(text)
    try {
      for (const event of await jobs.doJob(job)) await queues.publish(event)
      await redis.hset(statusOf(config.service), id, 'success')
      log.info({ event: job.name, order: job.data.number, subject: job.subject, messageId: id }, 'done')
    } catch (error) {
      log.warn({ err: error, messageId: id }, 'failed')
      await redis.hset(statusOf(config.service), id, 'error')
      await redis.lpush(listOf(config.service), text)
    }
  }
}

serve({ work, rest: () => rest() }, async () => {})
