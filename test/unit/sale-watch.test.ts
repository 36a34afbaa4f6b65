import { describe, expect, it } from '@jest/globals'
import { saleAnswer } from '../../services/sale/sale-answer.ts'
import { problemOf } from '../order-rig.ts'
import { useSales } from '../sale-rig.ts'
import { until } from '../until.ts'

/** What a stream has said so far, and how to end it. */
async function listen(url: string) {
  const hangUp = new AbortController()
  const answer = await fetch(url, { signal: hangUp.signal })
  const said: ReturnType<typeof saleAnswer.parse>[] = []
  const read = async () => {
    let text = ''
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const events = (text + chunk).split('\n\n')
      text = events.pop() ?? ''
      for (const event of events)
        if (event.startsWith('data: ')) said.push(saleAnswer.parse(JSON.parse(event.slice(6))))
    }
  }
  void read().catch(() => {}) // we have hung up
  return { said, hangUp: () => hangUp.abort(), status: answer.status }
}

describe('whoever watches a sale', () => {
  const rig = useSales()

  it('is told how it is, and what changes, and that it is over, at once with all others', async () => {
    const sale = await rig.openFor3({ units: 1 })
    await until(async () => (await rig.sale(sale)).free === 1)
    const watchers = await Promise.all(Array.from({ length: 20 }, () => listen(`${rig.url}/api/sales/${sale}/watch`)))
    const [ada = ''] = await rig.joinAll(sale, ['ada'])
    await rig.untilStates(sale, { ada: 'admitted' })
    await rig.paid(sale, ada)

    await until(() => watchers.every(({ said }) => said.at(-1)?.state === 'ended'), { what: 'all to hear of the end' })

    for (const { said, hangUp } of watchers) {
      expect(said[0]).toMatchObject({ state: 'open', free: 1, bought: 0 })
      expect(said.at(-1)).toMatchObject({ why: 'soldOut', free: 0, bought: 1, waiting: 0 })
      expect(new Set(said.map((one) => JSON.stringify(one))).size).toBe(said.length) // only news
      hangUp()
    }
    expect((await rig.get('/api/sales/nothing/watch')).status).toBe(404)
  })
})

describe('limits of sales', () => {
  const rig = useSales({ RATE_LIMITS: 'on' })

  it('let one address join sixty times in a minute, and try sixty wrong keys', async () => {
    const sale = await rig.openFor3()
    for (let i = 0; i < 60; i++) await rig.join(sale, `buyer${i}`)
    const join = await rig.joinAs(sale, 'one-more')
    expect([join.status, join.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)])
    expect((await problemOf(join)).detail).toContain('Too many have joined sales from your address.')

    const path = `/api/sales/${sale}/entries/01a20753-7f79-740f-a857-ba8f5bfbbd1d`
    const tries = await Promise.all(Array.from({ length: 61 }, () => rig.get(path, { 'order-key': 'guess' })))
    expect(tries.map(({ status }) => status).toSorted()).toEqual([...Array(60).fill(404), 429])
  })
})
