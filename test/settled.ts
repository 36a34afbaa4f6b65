import { createHash } from 'node:crypto'
import pg from 'pg'
import { isPostgresUrl, type Place } from '../shared/store/place.ts'

// Stands for shared/store/settled.ts where the tests run on PostgreSQL: whatever folder a test has its tables in, they are in
// a database of that folder's own.

const SERVER = process.env.TEST_POSTGRES ?? ''
const made = new Map<Place, Promise<Place>>()

export function settled(place: Place): Promise<Place> {
  if (isPostgresUrl(place)) return Promise.resolve(place)
  const known = made.get(place) ?? databaseFor(place)
  made.set(place, known)
  return known
}

/** The URL of the folder's database, made as a copy of one that all services have opened. */
async function databaseFor(folder: Place): Promise<Place> {
  const name = `test_${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`
  await asked(`CREATE DATABASE ${name} TEMPLATE pattern STRATEGY FILE_COPY`)
  return SERVER.replace(/[^/]*$/, name)
}

/** Drops what the tests of this file have made. */
export async function dropAll(): Promise<void> {
  for (const url of await Promise.all(made.values())) await asked(`DROP DATABASE ${url.split('/').at(-1)} WITH (FORCE)`)
}

async function asked(sql: string): Promise<void> {
  const client = new pg.Client(SERVER)
  await client.connect()
  await client.query(sql).finally(() => client.end())
}
