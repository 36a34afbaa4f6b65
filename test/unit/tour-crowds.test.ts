import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { countAt, newFlow } from '../../services/control/tour/peaks/flow.ts'
import { dueTimesOf, mountain } from '../../services/control/tour/peaks/mountain.ts'
import { sendMountain } from '../../services/control/tour/peaks/send-mountain.ts'
import { Crowd } from '../../services/control/tour/pubsub/listeners/crowd.ts'
import { textOf } from '../../services/control/tour/pubsub/note.ts'
import { readConfig } from '../../shared/config.ts'
import { tourChannel } from '../../shared/keys.ts'
import { createLogger } from '../../shared/logger.ts'
import { start as startNaiveSale } from '../../simulators/naive-sale/main.ts'
import { start as startNoQueue } from '../../simulators/no-queue/main.ts'
import { start as startPlainPubsub } from '../../simulators/plain-pubsub/main.ts'
import type { Running } from '../../simulators/run.ts'
import { PREFIX, useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const redis = useRedis()
const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const log = createLogger('test', 'silent')

/** Starts a program of the tour in this process. */
async function play(start: typeof startNoQueue, env: NodeJS.ProcessEnv = {}): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'orderline-tour-'))
  const usual = { PORT: '0', DATA_DIR: folder, REDIS_URL: redis.url, REDIS_PREFIX: PREFIX }
  const running = await start(readConfig({ ...usual, ...env }), log)
  ends.push(() => rmSync(folder, { recursive: true, force: true }), running.close)
  return running
}

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  ends.push(() => server.close().closeAllConnections())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const postAll = (count: number, url: string) =>
  Promise.all(Array.from({ length: count }, () => fetch(url, { method: 'POST' }).then(({ status }) => status)))

describe('a mountain of load', () => {
  it('spreads the orders of a second evenly over it, and has at most 600', () => {
    expect(dueTimesOf([2, 0, 4])).toEqual([0, 500, 2_000, 2_250, 2_500, 2_750])
    expect(mountain.safeParse(Array(10).fill(60)).success).toBe(true)
    expect(mountain.safeParse(Array(10).fill(61)).success).toBe(false)
    expect(mountain.safeParse([0, 0]).success).toBe(false)
  })

  it('is counted by the second, those in which nothing was, too', () => {
    const flow = newFlow('queue', 3)
    for (const ms of [100, 2_100, 2_900]) countAt(flow, 'came', flow.startedAt + ms)

    expect(flow.came).toEqual([1, 0, 2])
  })

  it('counts what is taken and what is refused, and ends when it is told to', async () => {
    let asked = 0
    const url = await serve((_req, res) => {
      res.writeHead(++asked % 2 === 1 ? 201 : 503).end(JSON.stringify({ id: `order-${asked}` }))
    })
    const ids: string[] = []
    const shop = { url, headers: {}, end: new AbortController().signal, accepted: (id: string) => void ids.push(id) }
    const [all, none] = [newFlow('queue', 20), newFlow('queue', 20)]

    await sendMountain([20], all, shop)
    await sendMountain([20], none, { ...shop, end: AbortSignal.abort() })

    expect([all.accepted, all.refused, all.isSent, ids.length]).toEqual([10, 10, true, 10])
    expect([none.accepted, none.refused]).toEqual([0, 0])
  })

  it('is mostly refused by a shop without a queue, whose gateway takes less', async () => {
    const { url } = await play(startNoQueue, { GATEWAY_RATE: '3' })

    const answers = await postAll(12, `${url}/api/orders`)

    expect(answers.filter((status) => status === 201).length).toBeGreaterThanOrEqual(3)
    expect(answers.filter((status) => status === 503).length).toBeGreaterThanOrEqual(6)
  })
})

describe('listeners', () => {
  it('without a log miss what is published while they are away', async () => {
    const { url } = await play(startPlainPubsub)
    const crowd = new Crowd(`${url}/events`)
    await crowd.gather(3)
    crowd.begin('a')
    const say = async (n: number) => {
      crowd.said(n)
      await redis.client.publish(`${PREFIX}:${tourChannel()}`, textOf({ talk: 'a', n, at: Date.now() }))
    }
    await until(async () => (await redis.client.pubsub('NUMSUB', `${PREFIX}:${tourChannel()}`))[1] === 1, {
      what: 'the server to have subscribed',
    })

    await say(1)
    await until(() => crowd.side().told === 3, { what: 'all to hear the first' })
    crowd.first('leaves')
    await until(() => crowd.side().open === 2, { what: 'one to be away' })
    await say(2)
    crowd.first('returns')
    await until(() => crowd.side().open === 3, { what: 'it to be back' })
    await say(3)
    await until(() => crowd.side().perNote[2] === 3, { what: 'all to hear the third' })

    expect(crowd.side()).toMatchObject({ told: 8, missed: 1, again: 0, perNote: [3, 2, 3], window: 2 })
  })

  it('say what they heard last when they come back, and count what comes twice', async () => {
    const lastIds: (string | undefined)[] = []
    const event = (id: number, n: number) => `id: ${id}\ndata: ${textOf({ talk: 'b', n, at: Date.now() })}\n\n`
    const url = await serve((req, res) => {
      lastIds.push(req.headers['last-event-id']?.toString())
      res.writeHead(200, { 'Content-Type': 'text/event-stream', Connection: 'close' }).write(': here\n\n')
      setTimeout(() => (lastIds.length === 1 ? res.end(event(7, 1)) : res.write(event(7, 1) + event(8, 2))), 50)
    })
    const crowd = new Crowd(url)
    const gathered = crowd.gather(1)
    crowd.begin('b')
    await gathered

    await until(() => crowd.side().told === 2, { what: 'both to be heard' })

    expect(lastIds).toEqual([undefined, '7'])
    expect(crowd.side()).toMatchObject({ again: 1, missed: 0 })
    crowd.first('leaves')
  })
})

describe('a sale without a queue', () => {
  it('sells more than there is when many come at once', async () => {
    const { url } = await play(startNaiveSale)
    await postAll(1, `${url}/open?units=5`)

    const answers = await postAll(40, `${url}/buy?buyer=1`)
    const { sold } = JSON.parse(await (await fetch(`${url}/sold`)).text())

    expect(sold).toBeGreaterThan(5)
    expect(answers.filter((status) => status === 201).length).toBe(sold)
  })

  it('is the one whose lines the page shows', () => {
    const source = readFileSync('simulators/naive-sale/main.ts', 'utf8').replaceAll(/^ +/gm, '')
    const page = readFileSync('services/control/public/js/tour/stations/sale/naive-code.js', 'utf8')

    const [, shown = 'nothing'] = page.split('`')
    expect(source).toContain(shown)
  })
})
