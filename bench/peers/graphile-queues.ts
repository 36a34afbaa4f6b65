import { runMigrations } from 'graphile-worker'
import type { Emitted } from '../../shared/events.ts'
import { receiversOf } from '../../shared/routes.ts'
import { withPostgres } from '../postgres/with-postgres.ts'
import type { Query } from './sql-jobs/sql-job.ts'

const ATTEMPTS = 8 // as many as the other peers' jobs have

/** One task per service, in the database that the tables are in; its own tables are made where they are missing. */
export async function openQueues(url: string) {
  await runMigrations({ connectionString: url })
  return {
    publishAll: (events: Emitted[]) =>
      withPostgres(url, (client) => publishAll((text, values) => client.query(text, values), events)),
    close: async () => {},
  }
}

/** Queues events for everyone who hears them, in the transaction of `query`, by the function that is there for that. */
export async function publishAll(query: Query, events: Emitted[]): Promise<void> {
  const specs = events.flatMap((event) => {
    const payload = { ...event, at: Date.now() }
    return receiversOf(event.name).map((identifier) => ({ identifier, payload, max_attempts: ATTEMPTS }))
  })
  if (specs.length > 0) await query(ADD, [JSON.stringify(specs)])
}

const ADD = `
  SELECT COUNT(*) FROM graphile_worker.add_jobs(
    ARRAY (SELECT json_populate_recordset(NULL::graphile_worker.job_spec, $1::json)), false)`
