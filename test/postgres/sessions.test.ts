import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type Client, openInventory } from '../../services/inventory/db.ts'
import type { Database } from '../../shared/store/database.ts'
import { Connection } from '../../shared/store/postgres.ts'
import { Server } from '../postgres-rig.ts'
import { until } from '../until.ts'

const FROZEN_MS = 3_000 // longer than a session may be idle in its transaction

let server: Server
let url: string
let db: Database<Client> | undefined

beforeAll(async () => {
  server = await Server.start()
})
beforeEach(async () => {
  url = await server.database()
})
afterEach(async () => {
  await db?.close()
  db = undefined
})
afterAll(() => server.remove())

const insertEvent = (tx: Client, id: string) =>
  tx.$executeRaw`INSERT INTO "Event" (id, name, subject, at, data) VALUES (${id}, 'x', 's', 1, '')`
const freeze = () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FROZEN_MS)

describe('a transaction whose session has ended, for its process was frozen, is done again:', () => {
  const ways: [string, (tx: Client) => Promise<unknown>][] = [
    ['its COMMIT is what hears of it', async () => freeze()],
    [
      'a statement hears of it',
      async (tx) => {
        freeze()
        await insertEvent(tx, 'late')
      },
    ],
    [
      'that was heard of before the next statement',
      async (tx) => {
        await delay(FROZEN_MS)
        await insertEvent(tx, 'late')
      },
    ],
  ]
  it.each(ways)('%s', async (_, goOn) => {
    db = await openInventory(url)
    let runs = 0

    await db.write(async (tx) => {
      await insertEvent(tx, `run ${++runs}`)
      if (runs === 1) await goOn(tx)
    })

    expect(await db.read.$queryRaw`SELECT id FROM "Event" WHERE name = 'x'`).toEqual([{ id: 'run 2' }])
  })
})

it('a transaction of which a statement had failed unheard is not taken for committed', async () => {
  db = await openInventory(url)
  const writing = db.write(async (tx) => {
    await insertEvent(tx, 'lost')
    await Promise.resolve(tx.$executeRaw`INSERT INTO "Nowhere" VALUES (1)`).catch(() => {})
  })

  await expect(writing).rejects.toThrow('all of it is undone')
  expect(await db.read.$queryRaw`SELECT id FROM "Event" WHERE name = 'x'`).toEqual([])
})

it('an error of the work that tells of a timeout is not one of the server', async () => {
  db = await openInventory(url)
  const error = new Error('a timeout of something else')

  await expect(db.write(() => Promise.reject(error))).rejects.toBe(error)
  expect(db.failure()).toBeNull()
})

it('at a server that is refused no session is left', async () => {
  const connection = new Connection({ url: `${url}?options=-c%20synchronous_commit%3Doff`, name: 'refused' })
  await expect(connection.open()).rejects.toThrow('not durable')

  const sessions = "SELECT 1 FROM pg_stat_activity WHERE application_name = 'orderline refused'"
  await until(async () => (await server.ask(sessions)).length === 0, { what: 'no session' })
  await connection.end()
})

it('options in the URL come beside those of the service, and its tables into its schema', async () => {
  db = await openInventory(`${url}?options=-c%20work_mem%3D8MB`)

  expect(await db.read.$queryRaw`SELECT current_setting('work_mem') AS mem, current_schema() AS name`).toEqual([
    { mem: '8MB', name: 'inventory' },
  ])
})
