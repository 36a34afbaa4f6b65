import { chmodSync } from 'node:fs'
import { dirname } from 'node:path'
import { pickPorts } from '../../launcher/ports.ts'
import { startLonePostgres } from '../../launcher/postgres-server.ts'

/** A PostgreSQL of one round's own. */
type BenchPostgres = { url: string; pid: number; stop(): Promise<void> }

/** As it comes, and said so that nobody has to look it up: every commit of everybody waits for the disk. */
const SETTINGS = ['fsync=on', 'full_page_writes=on', 'synchronous_commit=on']

/** The folder with PostgreSQL's programs, as the set-up has found it; undefined where there is none. */
export const postgresPrograms = () => process.env.POSTGRES_BIN || undefined

/** Why nothing can be played on PostgreSQL here, in a sentence; undefined where it can. */
export function postgresIsMissing(): string | undefined {
  if (postgresPrograms() !== undefined) return undefined
  return 'there is no PostgreSQL on this machine: install its server, or say in POSTGRES_BIN where initdb and postgres are'
}

/** Starts an empty PostgreSQL, its data under `folder`, set as the launcher sets its own. */
export async function startBenchPostgres(folder: string): Promise<BenchPostgres> {
  const programs = postgresPrograms()
  if (programs === undefined) throw new Error(postgresIsMissing())
  letThrough(folder)
  const [port = 0] = await pickPorts(1)
  const server = await startLonePostgres(programs, port, { settings: SETTINGS, under: folder })
  return { url: server.url, pid: server.pid(), stop: server.end }
}

/** Root's server is run by somebody else, who has to get through the folders of the bench, and needs to see nothing there. */
function letThrough(folder: string): void {
  if (process.getuid?.() !== 0) return
  for (const one of [folder, dirname(folder)]) chmodSync(one, 0o711)
}
