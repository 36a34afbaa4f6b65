// Writes `prisma/<service>/postgresql/schema.prisma` from the schema beside it, which is SQLite's: the same models for the
// other engine. What is counted for ever has 8 bytes there. Prints what it has written; with --check what it would write.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const COUNTED_FOR_EVER = /^( {2}(?:seq|event|id|hour|first|lines) +)Int\b/gm
const isCheck = process.argv.includes('--check')

for (const folder of ['prisma', join('examples', 'loyalty', 'prisma')])
  for (const service of readdirSync(folder)) write(join(folder, service))

function write(service) {
  const from = join(service, 'schema.prisma')
  const to = join(service, 'postgresql', 'schema.prisma')
  if (!existsSync(from)) return // what is left of another version
  const schema = forPostgresql(readFileSync(from, 'utf8'))
  if (existsSync(to) && readFileSync(to, 'utf8') === schema) return
  console.log(to)
  if (isCheck) return
  mkdirSync(dirname(to), { recursive: true })
  writeFileSync(to, schema)
}

function forPostgresql(schema) {
  return schema.replace('provider = "sqlite"', 'provider = "postgresql"').replace(COUNTED_FOR_EVER, '$1BigInt')
}
