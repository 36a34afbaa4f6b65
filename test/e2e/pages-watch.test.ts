import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Shop } from '../shop.ts'
import { until } from '../until.ts'

const LINGER_MS = 10_000

describe('watching the shop', () => {
  let shop: Shop

  beforeAll(async () => {
    shop = await Shop.open()
  })
  afterAll(() => shop?.close())

  it('takes a process of its own, which is there only as long as somebody watches', async () => {
    expect(watchers(shop)).toEqual([])

    const room = await Room.open(shop)
    await until(() => room.events.length > 2)
    expect(watchers(shop)).toHaveLength(1)
    room.close()

    await until(() => watchers(shop).length === 0, { timeoutMs: LINGER_MS + 5_000 })
  })

  it('shows ten rooms the same', async () => {
    const rooms = await Promise.all(Array.from({ length: 10 }, () => Room.open(shop)))
    await Promise.all(rooms.map((room) => until(() => room.events.length > 0)))

    const id = await shop.place()

    const about = await Promise.all(rooms.map((room) => until(() => room.events.find((event) => event.includes(id)))))
    expect(new Set(about).size).toBe(1)
    for (const room of rooms) room.close()
  })

  it('misses no line about one order while hundreds are running', async () => {
    const id = await shop.place()
    const room = await Room.open(shop, `?log=${id}`)

    await Promise.all([shop.placeMany(300), shop.cancel(id)])

    await shop.reaches('refunded', id)
    await until(() => room.lines().length === shop.factsOf(id).length, { what: 'every line about the order' })
    room.close()
  })

  it('goes on with a new watcher when it is killed', async () => {
    const room = await Room.open(shop)
    await until(() => room.events.length > 0)

    for (const pid of watchers(shop)) process.kill(pid, 'SIGKILL')
    await until(() => room.isClosed)

    const next = await until(() => Room.open(shop), { what: 'a room to be let in again' })
    await until(() => next.events[0]?.includes('"isFirst":true'))
    expect(shop.fact('order', 'watcher.died')).toBeDefined()
    next.close()
  })
})

/** What a control room hears. */
class Room {
  readonly events: string[] = []
  isClosed = false
  readonly #abort = new AbortController()

  static async open(shop: Shop, query = ''): Promise<Room> {
    const room = new Room()
    const headers = { authorization: 'Bearer token-of-the-test' }
    const answer = await fetch(`${shop.urlOf('order')}/api/admin/live${query}`, { headers, signal: room.#abort.signal })
    if (answer.status !== 200 || answer.body === null) throw new Error(`not let in: ${answer.status}`)
    room
      .#read(answer.body.pipeThrough(new TextDecoderStream()))
      .catch(() => {}) // closed by us
      .finally(() => {
        room.isClosed = true
      })
    return room
  }

  async #read(texts: ReadableStream<string>): Promise<void> {
    let rest = ''
    for await (const text of texts) {
      const blocks = (rest + text).split('\n\n')
      rest = blocks.pop() ?? ''
      this.events.push(...blocks.flatMap((block) => (block.startsWith('data: ') ? [block.slice(6)] : [])))
    }
  }

  lines = (): string[] => this.events.flatMap((event) => JSON.parse(event).log?.lines ?? [])
  close = () => this.#abort.abort()
}

/** The pids of the watchers of this shop. */
function watchers(shop: Shop): number[] {
  const order = shop.pid('services/order')
  const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args=']).toString().split('\n')
  const ours = lines.filter((line) => line.includes('watcher/main.js') && Number(line.trim().split(/\s+/)[1]) === order)
  return ours.map((line) => Number(line.trim().split(/\s+/)[0]))
}
