import type { Emitted } from '../../../shared/events.ts'
import type { Logger } from '../../../shared/logger.ts'
import type { Job } from '../jobs/job.ts'

/** Runs a statement in the transaction that is open. */
export type Query = (text: string, values: unknown[]) => Promise<{ rows: unknown[] }>

/**
 * What a service does about jobs where the library keeps them in the same PostgreSQL as its tables: for any number of jobs
 * a few statements, in one transaction with what follows from them. The rows are those of the other peers.
 */
export type SqlJobs = {
  /** Does these jobs and tells what follows from them. Throws when they shall be tried again. */
  doJobs(query: Query, jobs: Job[]): Promise<Emitted[]>
  close(): void
}

/** The jobs of one kind among these. */
export function only<E extends Job['name']>(jobs: Job[], name: E): Job<E>[] {
  return jobs.filter((job): job is Job<E> => job.name === name)
}

/** Rows travel as one parameter, however many there are: PostgreSQL takes their types from the table. */
export const rowsOf = (table: string) => `json_populate_recordset(NULL::${table}, $1)`

/** One line for each job, as every peer writes it. */
export function logDone(log: Logger, jobId: string, { name: event, subject, at, data }: Job): void {
  const order = 'number' in data ? data.number : undefined
  log.info({ event, order, subject, jobId, ms: Date.now() - at }, 'done')
}
