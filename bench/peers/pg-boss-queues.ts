import { type Db, PgBoss } from 'pg-boss'
import type { Emitted } from '../../shared/events.ts'
import { receiversOf, type Service, services } from '../../shared/routes.ts'
import type { Job } from './jobs/job.ts'

/** As often as the other peers' jobs are tried: once, and seven times again. */
const RETRIES = { retryLimit: 7, retryDelay: 1, retryBackoff: true }

/** Connects pg-boss to the database that the tables are in, with so many connections. */
export async function startPgBoss(connectionString: string, max: number): Promise<PgBoss> {
  const boss = new PgBoss({ connectionString, max, useListenNotify: true, schedule: false })
  boss.on('error', (error) => console.error(error))
  return boss.start()
}

/** One queue per service, made where they are missing. They notify their workers of new jobs, which would else poll. */
export async function openQueues(url: string) {
  const boss = await startPgBoss(url, 2)
  for (const service of services) await boss.createQueue(service, { notify: true, ...RETRIES })
  return { publishAll: (events: Emitted[]) => publishAll(boss, events), close: () => boss.stop() }
}

/** Queues events for everyone who hears them, in the transaction of `db` if there is one. */
export async function publishAll(boss: PgBoss, events: Emitted[], db?: Db): Promise<void> {
  for (const [service, jobs] of jobsByReceiver(events)) await boss.insert(service, jobs, db === undefined ? {} : { db })
}

function jobsByReceiver(events: Emitted[]): Map<Service, { data: Job }[]> {
  const jobs = new Map<Service, { data: Job }[]>()
  for (const event of events)
    for (const receiver of receiversOf(event.name)) {
      const before = jobs.get(receiver) ?? []
      before.push({ data: { ...event, at: Date.now() } })
      jobs.set(receiver, before)
    }
  return jobs
}
