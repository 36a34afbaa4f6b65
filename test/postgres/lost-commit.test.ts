import { connect, createServer, type Server as Listener, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { openInventory } from '../../services/inventory/db.ts'
import { Server } from '../postgres-rig.ts'

/** Cuts a connection at the first COMMIT that comes by: after the server has had it, or before. */
class Cutter {
  readonly #server = createServer((client) => this.#pass(client))
  readonly #to: number
  cut: 'after' | 'before' | 'never' = 'never'
  /** Goes on between the COMMIT and the end of its connection. */
  meanwhile = async () => {}

  constructor(to: number) {
    this.#to = to
  }

  listen = () => new Promise<void>((resolve) => void this.#server.listen(0, '127.0.0.1', resolve))
  close = () => this.#server.close()
  get port(): number {
    const address = (this.#server as Listener).address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }

  #pass(client: Socket): void {
    const server = connect(this.#to, '127.0.0.1')
    const end = () => {
      client.destroy()
      server.end() // what it was told before, it does
    }
    let isCut = false
    for (const side of [client, server]) side.on('error', () => isCut || end()).on('close', () => isCut || end())
    server.on('data', (bytes) => isCut || client.write(bytes))
    client.on('data', (bytes) => {
      const isCommit = this.cut !== 'never' && bytes.includes('COMMIT\0')
      if (!isCommit) return void server.write(bytes)
      isCut = true
      if (this.cut === 'after') server.write(bytes)
      this.cut = 'never'
      void this.meanwhile().finally(end)
    })
  }
}

let server: Server
beforeAll(async () => {
  server = await Server.start()
})
afterAll(() => server.remove())

it.each(['after', 'before'] as const)(
  'a COMMIT whose answer is lost %s the server had it is there once',
  async (cut) => {
    const url = new URL(await server.database())
    const cutter = new Cutter(Number(url.port))
    await cutter.listen()
    url.port = String(cutter.port)
    const db = await openInventory(url.href)
    let runs = 0

    cutter.cut = cut
    await db.write(async (tx) => {
      runs++
      await tx.$executeRaw`INSERT INTO "Event" (id, name, subject, at, data) VALUES (${`e${runs}`}, 'x', 's', 1, '')`
    })

    const events = await db.read.$queryRaw<object[]>`SELECT id FROM "Event" WHERE name = 'x'`
    expect([runs, events]).toEqual(cut === 'after' ? [1, [{ id: 'e1' }]] : [2, [{ id: 'e2' }]])
    await db.close()
    cutter.close()
  },
)

it('a COMMIT that a server forgot is not there because its number was given to another one', async () => {
  const url = new URL(await server.database())
  await server.ask("ALTER SYSTEM SET wal_writer_delay = '10s'") // what is not committed is lost with the server
  await server.ask('SELECT pg_reload_conf()')
  const cutter = new Cutter(Number(url.port))
  await cutter.listen()
  const direct = url.href
  url.port = String(cutter.port)
  const db = await openInventory(url.href)
  const numbers: string[] = []
  let statusOfFirst: unknown
  cutter.meanwhile = async () => {
    await server.kill()
    await server.again()
    for (let n = 0; n < 20; n++) await server.ask('SELECT pg_current_xact_id()', direct)
    const [row] = await server.ask(`SELECT pg_xact_status(CAST('${numbers[0]}' AS xid8)) AS status`, direct)
    statusOfFirst = row?.status
  }

  cutter.cut = 'before'
  await db.write(async (tx) => {
    const [row] = await tx.$queryRaw<{ number: string }[]>`SELECT CAST(pg_current_xact_id() AS TEXT) AS number`
    numbers.push(row?.number ?? '')
    await tx.$executeRaw`INSERT INTO "Event" (id, name, subject, at, data) VALUES ('e', 'x', 's', 1, '')`
  })

  expect(statusOfFirst).toBe('committed') // of somebody else
  expect(numbers).toHaveLength(2)
  expect(await db.read.$queryRaw<object[]>`SELECT id FROM "Event" WHERE name = 'x'`).toEqual([{ id: 'e' }])
  await db.close()
  cutter.close()
})

it('marks of transactions are gone with their process, and a day after it was killed', async () => {
  const url = await server.database()
  const marks = () => server.ask(`SELECT key FROM inventory."Meta" WHERE key LIKE 'committed by %'`, url)
  const db = await openInventory(url)
  const [old, young] = [Date.now() - 25 * 3_600_000, Date.now()]
  await db.write(
    (tx) =>
      tx.$executeRaw`INSERT INTO "Meta" VALUES ('committed by a', ${`9 ${old}`}), ('committed by b', ${`9 ${young}`})`,
  )
  expect(await marks()).toHaveLength(3)
  await db.close()

  expect(await marks()).toEqual([{ key: 'committed by a' }, { key: 'committed by b' }])

  const again = await openInventory(url)
  await again.close()
  expect(await marks()).toEqual([{ key: 'committed by b' }])
})
