import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { checkBooks } from '../../services/logs/check-books.ts'
import { createLogger } from '../../shared/logger.ts'
import type { Ask } from '../../shared/web/ask-service.ts'
import { mountEndpoints } from '../../shared/web/endpoint.ts'
import { createApp, type HttpServer, listen } from '../../shared/web/http.ts'
import { call } from '../calls.ts'
import { useLogBed } from '../log-bed.ts'
import { problemOf, useOrders } from '../order-rig.ts'

const LATER_MS = 20_000 // what is under way is not compared yet

const orders = useOrders()
const bed = useLogBed()
let server: HttpServer

beforeEach(async () => {
  const ask: Ask = async (_service, path) => {
    const reply = await call(orders.url, path).catch(() => null)
    return reply && { status: reply.status, body: await reply.json() }
  }
  const check = checkBooks({ read: bed.read, ask, now: () => Date.now() + LATER_MS })
  const mount = (app: Parameters<typeof mountEndpoints>[0]) =>
    mountEndpoints(app, [check], { admin: (_req, _res, next) => next() })
  server = await listen(createApp(createLogger('logs', 'silent'), mount), 0, '127.0.0.1')
})
afterEach(() => server.close())

const checked = (language = 'en') =>
  fetch(`${server.url}/api/admin/logs/checks`, { headers: { 'accept-language': language } })
const placed = (order: string, time = Date.now()) => ({ service: 'order', msg: 'order.placed', time, order })
/** Shows that all before it are here. */
const tick = () => bed.tell({ service: 'order', msg: 'ready', time: Date.now() + LATER_MS })

describe('the log and the books', () => {
  it('are the same where every order has its line', async () => {
    await orders.place()
    await bed.tell(placed('OL-1000001'))
    await tick()

    expect(await (await checked()).json()).toMatchObject({
      isSame: true,
      checks: [{ lines: 1, rows: 1, words: '1 order in the books, 1 in the log: the same' }],
    })
  })

  it('name the orders that are in the books alone, and those that are in the log alone', async () => {
    await orders.place()
    await orders.place()
    await bed.tell(placed('OL-1000001'), placed('OL-1999999'))
    await tick()

    expect(await (await checked('zh')).json()).toMatchObject({
      isSame: false,
      checks: [
        {
          ...{ check: 'order.placed', lines: 2, rows: 2, difference: 0 },
          ...{ withoutLine: ['OL-1000002'], withoutRow: ['OL-1999999'] },
          words: '账上 2 笔订单，日志中 2 笔：1 笔没有日志，1 笔不在账上',
        },
      ],
    })
  })

  it('are the same also where a line came long after its order', async () => {
    await orders.place()
    await bed.tell(placed('OL-1000001', Date.now() + 10 * 60_000))

    expect(await (await checked()).json()).toMatchObject({ isSame: true, checks: [{ lines: 1, rows: 1 }] })
  })

  it('are not compared further than lines have come', async () => {
    await bed.tell({ service: 'order', msg: 'ready', time: Date.now() - 1 })
    await orders.place()

    expect(await (await checked()).json()).toMatchObject({ isSame: true, checks: [{ lines: 0, rows: 0 }] })
  })

  it('cannot be compared while order is away', async () => {
    await orders.shutDown()

    expect(await problemOf(await checked())).toMatchObject({
      status: 503,
      detail: 'No worker of order can be reached. Try again.',
    })
  })
})
