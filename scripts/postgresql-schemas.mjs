// Writes `prisma/<service>/postgresql/schema.prisma` from the schema beside it, which is SQLite's: the same models for the
// other engine. What is counted for ever has 8 bytes there. Prints what it has written.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const COUNTED_FOR_EVER = /^( {2}(?:seq|event|id|hour|first|lines) +)Int\b/gm

/** The schema for PostgreSQL. */
export function forPostgresql(schema) {
  return schema.replace('provider = "sqlite"', 'provider = "postgresql"').replace(COUNTED_FOR_EVER, '$1BigInt')
}

/** Each of SQLite's schemas below these folders, with where its other one stands. */
export function schemasIn(...folders) {
  const services = folders.flatMap((folder) => readdirSync(folder).map((service) => join(folder, service)))
  return services
    .filter((service) => existsSync(join(service, 'schema.prisma')))
    .map((service) => ({ from: join(service, 'schema.prisma'), to: join(service, 'postgresql', 'schema.prisma') }))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { from, to } of schemasIn('prisma', join('examples', 'loyalty', 'prisma'))) {
    const wanted = forPostgresql(readFileSync(from, 'utf8'))
    if (existsSync(to) && readFileSync(to, 'utf8') === wanted) continue
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(to, wanted)
    console.log(to)
  }
}
