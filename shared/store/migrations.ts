import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../root.ts'
import type { Service } from '../routes.ts'

/** Where a service's migrations are: SQLite's; those of PostgreSQL are beside them. */
export const migrationsOf = (service: Service) => join(root, 'prisma', service, 'migrations')

export type Migration = { name: string; sql: string; checksum: string }

/** Those of a folder with Prisma's layout, `<stamp>_<name>/migration.sql`, in their order. */
export function migrationsIn(folder: string): Migration[] {
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'migration.sql')))
  return names.sort().map((name) => {
    const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8')
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

/** Throws when an applied migration was edited afterwards. */
export function isApplied(migration: Migration, applied: Map<string, string>): boolean {
  const checksum = applied.get(migration.name)
  if (checksum !== undefined && checksum !== migration.checksum)
    throw new Error(`migration ${migration.name} was edited after it had been applied`)
  return checksum !== undefined
}
