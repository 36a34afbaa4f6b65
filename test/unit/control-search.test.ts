import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Found, searchAnswer } from '../../services/control/search/search-answer.ts'
import { start } from '../../services/inventory/main.ts'
import { openOrders } from '../../services/order/db.ts'
import { services } from '../../shared/routes.ts'
import type { Running } from '../../shared/service.ts'
import { useControl } from '../control-rig.ts'
import { problemOf } from '../order-rig.ts'
import { until } from '../until.ts'

const control = useControl()
let inventory: Running
beforeEach(async () => {
  inventory = await start({ ...control.config(), OPS_PORT: 0 })
})
afterEach(() => inventory.stop())

const find = async (q: string): Promise<Found> =>
  searchAnswer.parse(await (await control.admin(`search?${new URLSearchParams({ q })}`)).json())
const kinds = async (q: string) => (await find(q)).hits.map(({ kind, title }) => `${kind} ${title}`)

describe('the search', () => {
  it('finds an order by its number, its id, and the address of a guest, and leads to its page', async () => {
    const id = await control.orders.place()

    for (const q of ['OL-1000001', ' ol-1000001 ', id, 'ada@example.com', 'Ada+shop@EXAMPLE.com'])
      expect((await find(q)).hits[0]).toMatchObject({
        ...{ kind: 'order', service: 'order', id, title: 'OL-1000001', link: `/orders/${id}#admin` },
      })
    expect(JSON.stringify(await find(id))).not.toContain('ada@')
  })

  it('finds a product with what is free of it, and a message wherever it is known', async () => {
    await control.orders.place()
    const seen = await until(async () => {
      const hits = (await find('MUG-001')).hits
      return hits.length === 1 && hits
    })
    expect(seen).toMatchObject([{ kind: 'product', service: 'inventory', state: expect.stringMatching(/^\d+$/) }])

    const file = await openOrders(control.config().DATA_DIR)
    const event = await file.read.event.findFirstOrThrow({ where: { name: 'order.placed' } })
    await file.close()
    await until(async () => (await kinds(event.id)).some((kind) => kind.startsWith('handled')))
    expect(await kinds(event.id)).toEqual(expect.arrayContaining(['event order.placed', 'waiting order.placed']))
    expect((await find(event.id)).hits[0]?.link).toBe(`/control#/queue/inventory?message=${event.id}`)
  })

  it('leads to the log, names who could not be asked, and finds nothing where nothing is', async () => {
    const found = await find('OL-7777777')

    expect(found).toMatchObject({ hits: [], log: '/logs?subject=OL-7777777' })
    expect(found.unreachable).toEqual(services.filter((one) => one !== 'order' && one !== 'inventory'))
    expect((await find("' OR 1=1 --")).hits).toEqual([])
    expect(await problemOf(await control.admin('search?q=%20'))).toMatchObject({ status: 422, fields: ['q'] })
    expect((await control.get('/api/admin/search?q=a')).status).toBe(401)
  })

  it('looks through no table of orders: each way has its index', async () => {
    const file = await openOrders(control.config().DATA_DIR)
    const plan = async (where: string) => {
      const rows = await file.read.$queryRawUnsafe<{ detail: string }[]>(
        `EXPLAIN QUERY PLAN SELECT id FROM "Order" WHERE ${where} ORDER BY seq DESC LIMIT 20`,
      )
      return rows.map(({ detail }) => detail).join('; ')
    }
    const plans = [
      await plan(`seq = 1`),
      await plan(`id = 'a'`),
      await plan(`mailbox = 'a' AND account IS NULL`),
      await plan(`account = 'a' AND account IS NOT NULL`),
    ]
    await file.close()

    for (const one of plans) expect(one).toMatch(/^SEARCH Order USING/)
  })
})
