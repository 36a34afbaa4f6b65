import { connect, type Socket } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, describe, expect, it } from '@jest/globals'
import { LiveRig, line, stock, useLive } from '../live-rig.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const SALE = '01a20753-7f79-740f-a857-ba8f5bfbbd1d'
const redis = useRedis()
const live = useLive(redis, () => ({ SALE_URL: 'http://127.0.0.1:1' }))
const sockets: Socket[] = []
setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})

/** Asks for topics, and reads nothing of what is told. */
function sleep(topics: string[]): Promise<Socket> {
  const { host, hostname, port } = new URL(live.url)
  const query = topics.map((topic) => `topic=${topic}`).join('&')
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) }, () => {
      socket.write(`GET /api/live?${query} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
      socket.pause()
      resolve(socket)
    })
    socket.once('error', reject)
    sockets.push(socket)
  })
}

const long = (said: number) => ({
  ...line(SALE, said),
  data: { said, name: 'Ada', text: `${said} `.padEnd(64_000, 'x') },
})

describe('a crowd that watches', () => {
  it('holds up nobody: who reads nothing is told no more, and is cut at last', async () => {
    await Promise.all(Array.from({ length: 30 }, () => sleep([`room:${SALE}`, 'stock'])))
    await until(async () => (await live.figure('live_streams')) === 30)
    const ear = await live.watch([`room:${SALE}`])
    const before = process.memoryUsage()
    for (let said = 1; said <= 100; said++) await live.hear(long(said) as never)

    await until(() => ear.events.length === 100, { timeoutMs: 30_000 })
    collect() // or what has gone already is counted as kept
    const { external, heapUsed } = process.memoryUsage()
    await until(async () => (await live.figure('live_streams')) === 1, {
      timeoutMs: 30_000,
      what: 'all that sleep to be cut',
    })

    expect(external + heapUsed - before.external - before.heapUsed).toBeLessThan(100 * 1024 * 1024) // were all kept: 190 MB
    expect(await live.figure('live_cut')).toBeGreaterThanOrEqual(30)
    expect(ear.isOver).toBe(false)
  }, 90_000)

  it('hears the same from two processes of the service, whichever was told', async () => {
    const other = new LiveRig(redis, () => ({ SALE_URL: 'http://127.0.0.1:1' }))
    await other.join(live)
    try {
      const [here, there] = [await live.watch(['news', 'stock']), await other.watch(['news', 'stock'])]
      for (let n = 1; n <= 20; n++) await live.post(`${n}`)
      await live.hear(stock('MUG-001', 3, 1))
      await until(() => [here, there].every((ear) => ear.of('news').length === 20 && ear.of('stock').length > 0))
      await live.post('21')
      await until(() => here.of('news').length === 21)

      const moved = await other.watch(['news'], { 'last-event-id': here.lastId })
      await live.post('22')
      await until(() => moved.events.length === 1 && there.of('news').length === 22)

      expect(there.data('news')).toEqual(expect.arrayContaining(here.data('news')))
    } finally {
      await other.shutDown()
    }
  })

  it('is told what comes after Redis was away, and may come while it is', async () => {
    const ear = await live.watch(['news'])
    await live.post('before')
    await until(() => ear.events.length === 1)
    await redis.kill()

    const meanwhile = await live.watch(['news'])
    await until(() => meanwhile.events.length === 1)
    await redis.start()
    await live.post('after')

    await until(() => ear.events.length === 2 && meanwhile.events.length === 2)
    expect(ear.isOver).toBe(false)
  })
})
