import { connect, createServer, type Server as Listener, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { openInventory } from '../../services/inventory/db.ts'
import { Server } from '../postgres-rig.ts'

/** Cuts a connection at the first COMMIT that comes by: after the server has had it, or before. */
class Cutter {
  readonly #server = createServer((client) => this.#pass(client))
  readonly #to: number
  cut: 'after' | 'before' | 'never' = 'never'

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
    for (const side of [client, server]) side.on('error', end).on('close', end)
    let isCut = false
    server.on('data', (bytes) => isCut || client.write(bytes))
    client.on('data', (bytes) => {
      const isCommit = this.cut !== 'never' && bytes.includes('COMMIT\0')
      if (!isCommit) return void server.write(bytes)
      isCut = true
      if (this.cut === 'after') server.write(bytes)
      this.cut = 'never'
      end()
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
