import { createLogger } from '../../shared/logger.ts'
import { placeOf } from '../../shared/store/place.ts'
import { serve } from '../serve.ts'
import type { Job } from './jobs/job.ts'
import { readPeerConfig } from './jobs/open-jobs.ts'
import { publishAll, startPgBoss } from './pg-boss-queues.ts'
import { openSqlJobs } from './sql-jobs/open-sql-jobs.ts'
import { logDone } from './sql-jobs/sql-job.ts'

const BATCH = 200
const WORKERS = 2 // in this process: one waits for the disk while the other works
const CONNECTIONS = 2 * WORKERS + 2

// One of the services, on pg-boss, as its documentation has it for many jobs: batches, fetched on end while they are full,
// and transactional workers, whose effects, new jobs and completion are one commit. They need no inbox.
const config = readPeerConfig()
const log = createLogger(config.service, config.LOG_LEVEL)
let rest = async () => {}

async function work(): Promise<void> {
  const boss = await startPgBoss(placeOf(config), CONNECTIONS)
  const sqlJobs = openSqlJobs(config, log)
  const options = {
    batchSize: BATCH,
    localConcurrency: WORKERS,
    burstWhenBatchFull: true,
    transactional: true,
  } as const
  await boss.work<Job, void, typeof options>(config.service, options, async (jobs, tx) => {
    const follows = await sqlJobs.doJobs(
      (text, values) => tx.executeSql(text, values),
      jobs.map(({ data }) => data),
    )
    await publishAll(boss, follows, tx)
    for (const { id, data } of jobs) logDone(log, id, data)
  })
  rest = async () => {
    await boss.stop({ graceful: true })
    sqlJobs.close()
  }
}

serve({ work, rest: () => rest() }, async () => {})
