import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { programs } from '../../services/all.ts'
import { finders } from '../../services/control/search/search.ts'
import { services } from '../../shared/routes.ts'

const isSource = (file: string) => file.endsWith('.ts') && !file.includes('/client/')
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter(isSource)
const importsOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import\() ?'([^']+)'/g)].map(([, from]) => from ?? '')
const files = [...filesIn('shared'), ...filesIn('services')]
const sqlIn = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/\$(?:query|execute)Raw[^`(;]*`([^`]*)`/g)].map(([, sql]) => sql ?? '')
const importers = (name: string) => files.filter((file) => importsOf(file).some((from) => from === name))

describe('the walls', () => {
  it('keep shared code free of services', () => {
    for (const file of filesIn('shared'))
      expect([
        file,
        importsOf(file).filter((from) => /^\.\..*(services|simulators|launcher|scripts|prisma)\//.test(from)),
      ]).toEqual([file, []])
  })

  it.each(programs)('keep %s from importing another service, or another one’s tables', (program) => {
    const others = programs.filter((other) => other !== program).join('|')
    const beyond = new RegExp(`\\.\\./(${others})/|prisma/(${others})/|(simulators|launcher|scripts)/`)
    for (const file of filesIn(`services/${program}`))
      expect([file, importsOf(file).filter((from) => beyond.test(from))]).toEqual([file, []])
  })

  it('let shared be read from the bottom up: no file or room leans on one that leans on it', () => {
    const placeOf = (file: string) => file.split('/').slice(0, 2).join('/') // a flat file, or a room as a whole
    const shared = filesIn('shared').map((file) => [
      placeOf(file),
      importsOf(file).map((from) => join(file, '..', from)),
    ])
    const leansOn = new Map<string, Set<string>>()
    for (const [place, imports] of shared as [string, string[]][])
      for (const other of imports.map(placeOf))
        if (other !== place && other.startsWith('shared/'))
          leansOn.set(place, (leansOn.get(place) ?? new Set()).add(other))
    const circleFrom = (place: string, trail: string[]): string[] =>
      trail.includes(place)
        ? [...trail, place]
        : [...(leansOn.get(place) ?? [])].flatMap((other) => circleFrom(other, [...trail, place]))
    expect(leansOn.size).toBeGreaterThan(10)
    expect(circleFrom('shared/service.ts', [])).toEqual([])
  })

  it('keep what the auditor, too, uses in a terminal free of the shop', () => {
    for (const file of filesIn('terminal'))
      expect([file, importsOf(file).filter((from) => !from.startsWith('node:'))]).toEqual([file, []])
  })

  it('keep control, which has no tables, from everybody’s', () => {
    for (const file of filesIn('services/control'))
      expect([file, importsOf(file).filter((from) => /prisma|store\/(database|sqlite|migrate)/.test(from))]).toEqual([
        file,
        [],
      ])
  })

  it('give each outside package one owner', () => {
    const owners = {
      ioredis: 'shared/store/redis.ts',
      express: 'shared/web/express.ts',
      pino: 'shared/logger.ts',
      'http-proxy-middleware': 'shared/web/forward.ts',
      'prom-client': 'shared/web/metrics.ts',
      'zod-openapi': 'shared/web/openapi.ts',
      '@prisma/adapter-better-sqlite3': 'shared/store/sqlite.ts',
      'better-sqlite3': 'shared/store/sqlite.ts',
      'rate-limiter-flexible': 'shared/web/rate-limit.ts',
      stripe: 'services/payment/stripe-sdk.ts',
      nodemailer: 'services/notification/mailer.ts',
      '@node-rs/argon2': 'services/accounts/passwords.ts',
    }
    for (const [name, owner] of Object.entries(owners)) expect([name, importers(name)]).toEqual([name, [owner]])
    for (const name of ['pg', '@prisma/adapter-pg'])
      expect(
        importers(name).filter((file) => !/^shared\/store\/(\w+-)?(postgres|database)(-\w+)?\.ts$/.test(file)),
      ).toEqual([])
  })

  it('have control ask for what is searched those that look for it, and all of them', () => {
    const looks = (program: string) => readFileSync(`services/${program}/main.ts`, 'utf8').includes('mountFind(')
    expect([...finders].sort()).toEqual(programs.filter(looks).sort())
  })

  it('let only one file read the environment, and one build Redis keys', () => {
    const holders = (text: RegExp) => files.filter((file) => text.test(readFileSync(file, 'utf8')))
    expect(holders(/process\.env/)).toEqual(['shared/config.ts'])
    expect(holders(/['"`]orderline:/)).toEqual(['shared/keys.ts'])
  })

  it('keep the words that only one engine has in the files that know it', () => {
    const json = /jsonb?_(each|group|object|array|extract|populate)|->>/
    const others = /\browid\b|PRAGMA|BEGIN IMMEDIATE|AUTOINCREMENT|DATETIME|sqlite_|INSERT OR|IFNULL|FOR UPDATE|::text/
    const speakers = (words: RegExp) => files.filter((file) => words.test(readFileSync(file, 'utf8')))
    expect(speakers(json)).toEqual(['shared/store/sql.ts'])
    expect(speakers(others)).toEqual(['begin', 'migrate', 'sqlite'].map((name) => `shared/store/${name}.ts`))
  })

  it('quote names with capitals in SQL: unquoted, PostgreSQL would look for small letters', () => {
    const values = /\$\{(?:[^{}]|\{[^{}]*\})*\}/g
    const bare = (sql: string) => sql.replaceAll(values, '').replaceAll(/"[^"]*"|'[^']*'/g, '')
    const statements = files.flatMap(sqlIn)
    expect(statements.length).toBeGreaterThan(30)
    expect(statements.filter((sql) => /[a-z][A-Z]/.test(bare(sql)))).toEqual([])
  })

  it('let only one file spread what may be long: into commands of Redis in chunks, into Math.max never', () => {
    const spreading = /redis\.\w+\([^)]*\.\.\.|Math\.(max|min)\(\.\.\./
    const spreaders = files.filter((file) => spreading.test(readFileSync(file, 'utf8')))
    expect(spreaders).toEqual(['shared/store/in-chunks.ts'])
  })

  it('keep files small enough to be one thing', () => {
    const lengths = files.map((file) => [file, readFileSync(file, 'utf8').split('\n').length] as const)
    expect(lengths.filter(([file, length]) => length > 151 && !file.endsWith('catalogue.ts'))).toEqual([])
  })

  it('keep the core protocol within 600 lines of code', () => {
    const core = [
      'event-store',
      'window',
      'outbox',
      'outbox-rows',
      'lookout',
      'settle',
      'verdict',
      'inbox',
      'status',
      'acknowledge',
      'consumer',
      'processor',
      'apply',
      'requeue',
    ]
    const isCode = (line: string) => !/^\s*(\/\/|\/\*|\*|$)|^import /.test(line)
    const lines = core.flatMap((name) => readFileSync(`shared/protocol/${name}.ts`, 'utf8').split('\n')).filter(isCode)
    expect(lines.length).toBeLessThanOrEqual(600)
  })

  it('repeat the protocol’s tables in every schema to the letter', () => {
    const schemas = [...services.map((service) => `prisma/${service}`), 'examples/loyalty/prisma/loyalty']
    const [first, ...others] = schemas.map(
      (folder) => readFileSync(`${folder}/schema.prisma`, 'utf8').split('/// Every event of')[1],
    )
    expect(first).toContain('model Outbox')
    for (const protocol of others) expect(protocol).toBe(first)
  })
})
