import { Logger as GraphileLogger, run, type WithPgClient } from 'graphile-worker'
import { createLogger } from '../../shared/logger.ts'
import { placeOf } from '../../shared/store/place.ts'
import { serve } from '../serve.ts'
import { publishAll } from './graphile-queues.ts'
import type { Job } from './jobs/job.ts'
import { readPeerConfig } from './jobs/open-jobs.ts'
import { openSqlJobs } from './sql-jobs/open-sql-jobs.ts'
import { logDone, type Query } from './sql-jobs/sql-job.ts'

/** What https://worker.graphile.org/docs/performance has been measured with. */
const FAST = {
  concurrentJobs: 24,
  maxPoolSize: 25,
  localQueue: { size: 500 },
  completeJobBatchDelay: 0,
  failJobBatchDelay: 0,
}

// One of the services, on graphile-worker, with the settings that its documentation calls fast. A job is done in one
// transaction with what follows from it; it is struck off after that, so a row in the inbox says that it was done.
const config = readPeerConfig()
const log = createLogger(config.service, config.LOG_LEVEL)
let rest = async () => {}

async function work(): Promise<void> {
  const sqlJobs = openSqlJobs(config, log)
  const worker = await run({
    preset: { worker: { connectionString: placeOf(config), ...FAST } },
    noHandleSignals: true,
    parsedCronItems: [],
    logger: new GraphileLogger(() => (level, message) => level === 'error' && console.error(message)),
    taskList: {
      [config.service]: async (payload, { withPgClient, job }) => {
        const data = payload as Job // what `publishAll` has queued
        const follow = (query: Query) => sqlJobs.doJobs(query, [data])
        await once(withPgClient, data, async (query) => publishAll(query, await follow(query)))
        logDone(log, job.id, data)
      },
    },
  })
  rest = async () => {
    await worker.stop()
    sqlJobs.close()
  }
}

/** Runs `work` in one transaction with the row that says so, and not at all where that row is there already. */
function once(withPgClient: WithPgClient, { subject, name }: Job, work: (query: Query) => Promise<void>) {
  return withPgClient(async (client) => {
    const query: Query = (text, values) => client.query({ name: nameOf(text), text, values })
    await client.query('BEGIN')
    try {
      const { rows } = await query(NOTE, [`${subject}.${name}`, Date.now()])
      if (rows.length > 0) await work(query)
      await client.query('COMMIT')
    } catch (error) {
      await client.query('ROLLBACK')
      throw error
    }
  })
}

const NOTE = `
  INSERT INTO "${config.service}"."Inbox" (id, outcome, at) VALUES ($1, 'done', $2)
  ON CONFLICT DO NOTHING RETURNING id`

/** Statements are prepared once per connection. */
const names = new Map<string, string>()
function nameOf(text: string): string {
  const name = names.get(text) ?? `s${names.size}`
  names.set(text, name)
  return name
}

serve({ work, rest: () => rest() }, async () => {})
