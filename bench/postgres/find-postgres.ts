import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * The folder with PostgreSQL's programs: the one that POSTGRES_BIN names, else one of PATH, else the newest of where packages
 * put them; undefined where there is none.
 */
export function findPostgres(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = env.POSTGRES_BIN
  if (named !== undefined && named !== '') return hasPrograms(named) ? named : undefined
  const inPath = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return [...inPath, ...HOMES.flatMap(versionsIn)].find(hasPrograms)
}

/** Why nothing can be played on PostgreSQL here, in a sentence; undefined where it can. */
export function postgresIsMissing(): string | undefined {
  if (findPostgres() !== undefined) return undefined
  return 'there is no PostgreSQL on this machine: install its server, or say in POSTGRES_BIN where initdb and postgres are'
}

/** Debian and Ubuntu; Red Hat and Fedora; Homebrew. */
const HOMES: [folder: string, version: RegExp, programs: string][] = [
  ['/usr/lib/postgresql', /^\d+$/, 'bin'],
  ['/usr', /^pgsql-\d+$/, 'bin'],
  ['/opt/homebrew/opt', /^postgresql@\d+$/, 'bin'],
]

function versionsIn([folder, version, programs]: (typeof HOMES)[number]): string[] {
  if (!existsSync(folder)) return []
  const number = (name: string) => Number(/\d+$/.exec(name)?.[0])
  const names = readdirSync(folder).filter((name) => version.test(name))
  return names.sort((a, b) => number(b) - number(a)).map((name) => join(folder, name, programs))
}

const hasPrograms = (folder: string) => ['initdb', 'postgres'].every((program) => existsSync(join(folder, program)))
