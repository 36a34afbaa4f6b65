import { describe, expect, it } from '@jest/globals'
import { type Message, useSales } from '../sale-rig.ts'
import { until } from '../until.ts'

const rig = useSales()
const joined = (sale: string, subject: string): Message => ({ name: 'entry.joined', subject, data: { sale } })

describe('the line of a sale', () => {
  it('lets in the first three of four for three units, and the fourth when a unit comes back', async () => {
    const sale = await rig.openFor3()
    const [ada = '', ben = ''] = await rig.joinAll(sale, ['ada', 'ben', 'cleo', 'dan'])
    await rig.untilStates(sale, { ada: 'admitted', ben: 'admitted', cleo: 'admitted', dan: 'waiting' })

    await rig.returned(sale, ada)
    await rig.untilStates(sale, { ada: 'gone', ben: 'admitted', cleo: 'admitted', dan: 'admitted' })

    expect(await rig.admitted(sale)).toEqual(['ada', 'ben', 'cleo', 'dan'])
    expect(await rig.row(sale)).toMatchObject({
      granted: 3,
      credits: 0,
      held: 3,
      bought: 0,
      spared: 0,
      admittedUpTo: 4,
    })
    expect(await rig.told(ben)).toEqual([
      ['entry.joined', { sale }],
      [
        'entry.admitted',
        {
          ...{ sale, sku: 'MUG-001', unitPriceCents: 900, currency: 'EUR', payWithinMs: 300_000, language: 'en' },
          customer: { name: 'ben', email: 'ben@example.com' },
        },
      ],
    ])
  })

  it('lets nobody in while somebody before them has not been read, whatever order messages come in', async () => {
    const sale = await rig.openFor3()
    const [ada = '', ben = '', cleo = '', dan = ''] = await rig.joinUnheard(sale, ['ada', 'ben', 'cleo', 'dan'])
    await rig.tell(joined(sale, dan), joined(sale, cleo))
    await rig.untilStates(sale, { ada: 'joined', ben: 'joined', cleo: 'waiting', dan: 'waiting' })

    await rig.tell(joined(sale, ada))
    await rig.untilStates(sale, { ada: 'admitted', ben: 'joined', cleo: 'waiting', dan: 'waiting' })
    await rig.tell(joined(sale, ben), joined(sale, ben))
    await rig.untilStates(sale, { ada: 'admitted', ben: 'admitted', cleo: 'admitted', dan: 'waiting' })

    expect(await rig.admitted(sale)).toEqual(['ada', 'ben', 'cleo'])
  })

  it('lets in whoever waited before there were units, as soon as there are', async () => {
    const { id: sale } = await rig.announce({ units: 2 })
    await rig.joinAll(sale, ['ada', 'ben', 'cleo'])
    await rig.untilStates(sale, { ada: 'waiting', ben: 'waiting', cleo: 'waiting' })

    await rig.tell({ name: 'stock.allotted', subject: sale, data: { units: 2 } })

    await rig.untilStates(sale, { ada: 'admitted', ben: 'admitted', cleo: 'waiting' })
  })

  it('lets in more than one transaction takes: the sweep goes on where a message has stopped', async () => {
    const { id: sale } = await rig.announce({ units: 600 })
    const names = Array.from({ length: 600 }, (_, i) => `buyer${i}`)
    await rig.tell(...(await rig.joinUnheard(sale, names)).map((ticket) => joined(sale, ticket)))
    await until(async () => (await rig.count(sale, 'waiting')) === 600, { what: 'all to be read' })

    await rig.tell({ name: 'stock.allotted', subject: sale, data: { units: 600 } })

    await until(async () => (await rig.row(sale)).held === 600, { what: 'all to be let in' })
    const { read } = await rig.db()
    const entries = await read.entry.findMany({ where: { sale }, orderBy: { number: 'asc' } })
    expect(entries.map(({ number, position, admission }) => [number, position, admission])).toEqual(
      entries.map((_, i) => [i + 1, i + 1, i + 1]),
    )
  })

  it('gives a unit that is said to be back twice to one person', async () => {
    const sale = await rig.openFor3()
    const [ada = ''] = await rig.joinAll(sale, ['ada', 'ben', 'cleo', 'dan', 'eve'])
    await rig.untilStates(sale, { ada: 'admitted', ben: 'admitted', cleo: 'admitted', dan: 'waiting', eve: 'waiting' })

    const data = { number: 'OL-1', sale }
    const message: Message = { name: 'stock.returned', subject: ada, data }
    await rig.tell({ ...message, id: 'once' }, { ...message, id: 'once' })
    const states = { ada: 'gone', ben: 'admitted', cleo: 'admitted', dan: 'admitted', eve: 'waiting' }
    await rig.untilStates(sale, states)
    await rig.tell({ ...message, id: 'again' })
    const { read } = await rig.db()
    await until(async () => (await read.inbox.count({ where: { id: 'again' } })) === 1, {
      what: 'it to be heard again',
    })

    expect(await rig.states(sale)).toEqual(states)
    expect(await rig.row(sale)).toMatchObject({ credits: 0, held: 3 })
  })
})
