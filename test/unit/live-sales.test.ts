import { describe, expect, it } from '@jest/globals'
import { saleAnswer } from '../../services/sale/sale-answer.ts'
import { documentAt, keepsPromise, ownersIn, routesIn, untold } from '../api-document.ts'
import { line, useLive } from '../live-rig.ts'
import { useSales } from '../sale-rig.ts'
import { until } from '../until.ts'

const sales = useSales()
const live = useLive(sales.redis, () => ({ SALE_URL: sales.url }))

describe('the door of live', () => {
  it('promises in its document what it answers', async () => {
    const of = (topic: string) => fetch(`${live.url}/api/live?topic=${topic}`)
    await keepsPromise(live.url, 'get', '/api/live', await of('cats'))
    await keepsPromise(live.url, 'get', '/api/live', await of(''))

    expect(routesIn(await documentAt(live.url))).toEqual(['get /api/live', 'post /api/live'])
    expect(await ownersIn(live.url)).toEqual(['live'])
    expect(await untold(live.url)).toEqual([])
  })
})

describe('whoever watches a sale', () => {
  it('is told how it is, and what changes, and that it is over, at once with all others', async () => {
    const sale = await sales.openFor3({ units: 1 })
    const topic = `sale:${sale}`
    await until(async () => (await sales.sale(sale)).free === 1)
    const watchers = await Promise.all(Array.from({ length: 20 }, () => live.watch([topic])))
    const clock = await sales.announce()
    const ticks = await live.watch([`sale:${clock.id}`])
    const [ada = ''] = await sales.joinAll(sale, ['ada'])
    await sales.untilStates(sale, { ada: 'admitted' })
    await sales.paid(sale, ada)

    const states = (ear: (typeof watchers)[number]) => ear.data(topic).map((one) => saleAnswer.parse(one))
    await until(() => watchers.every((ear) => states(ear).at(-1)?.state === 'ended'), {
      what: 'all to hear of the end',
    })

    for (const who of ['ada', 'ben']) {
      const { length } = ticks.events
      await sales.join(clock.id, who)
      await until(() => ticks.events.length > length) // of the other sale there is no news
    }
    for (const ear of watchers) {
      expect(states(ear)[0]).toMatchObject({ state: 'open', free: 1, bought: 0 })
      expect(states(ear).at(-1)).toMatchObject({ why: 'soldOut', free: 0, bought: 1, waiting: 0 })
      expect(new Set(ear.events.map((one) => JSON.stringify(one))).size).toBe(ear.events.length) // only news
    }
  })

  it('hears what is said in its room; of a sale that does not exist there is neither', async () => {
    const { id } = await sales.announce()
    const ear = await live.watch([`room:${id}`, `sale:${id}`])
    await live.hear(line(id, 1))

    await until(() => ear.of(`room:${id}`).length === 1)
    for (const topic of ['room:nothing', 'sale:nothing', 'cats', 'sale', 'news:1'])
      await expect(live.watch([topic])).rejects.toThrow(/^404: .*"field":"topic"/)
  })
})
