import { describe, expect, it } from '@jest/globals'
import { noteBought } from '../../services/sale/hear-orders.ts'
import type { Emitted } from '../../shared/events.ts'
import type { Prepared } from '../../shared/handler.ts'
import { useSales } from '../sale-rig.ts'
import { until } from '../until.ts'

const rig = useSales()
const paidFor = (subject: string, sale: string): Prepared<'order.paidInSale'> => {
  const head = { id: `paid ${subject}`, at: 0, stamp: 0, attempt: 1 }
  return { message: { ...head, name: 'order.paidInSale', subject, data: { number: 'OL-1', sale } }, found: undefined }
}
const isOver = (sale: string) => async () => (await rig.row(sale)).endedAt !== null

describe('the end of a sale', () => {
  it('comes when all units are bought, and not when all are held: only then is anybody refused', async () => {
    const sale = await rig.openFor3({ units: 2 })
    const [ada = '', ben = '', cleo = ''] = await rig.joinAll(sale, ['ada', 'ben', 'cleo'])
    await rig.untilStates(sale, { ada: 'admitted', ben: 'admitted', cleo: 'waiting' })
    await rig.paid(sale, ada)
    await rig.untilStates(sale, { ada: 'bought', ben: 'admitted', cleo: 'waiting' })
    expect(await rig.entry(sale, cleo)).toMatchObject({ state: 'waiting', place: 0, orderUrl: null })

    await rig.paid(sale, ben)
    await until(isOver(sale))

    expect(await rig.row(sale)).toMatchObject({ why: 'soldOut', credits: 0, held: 0, bought: 2, spared: 0 })
    await until(async () => (await rig.entry(sale, cleo)).state === 'refused')
    expect((await rig.told(sale)).slice(1)).toEqual([['sale.ended', { why: 'soldOut', units: 2, bought: 2 }]])
    expect(await rig.told(cleo)).toEqual([['entry.joined', { sale }]]) // a loser costs one row and no message
    expect(await rig.sale(sale)).toMatchObject({ state: 'ended', why: 'soldOut', waiting: 0, joined: 3, bought: 2 })
  })

  it('gives back what nobody has been let in for, and what comes back later, once each', async () => {
    const sale = await rig.openFor3()
    const [ada = '', ben = ''] = await rig.joinAll(sale, ['ada', 'ben'])
    await rig.untilStates(sale, { ada: 'admitted', ben: 'admitted' })
    await rig.comes(sale, 'endsAt')
    await until(isOver(sale))
    expect(await rig.row(sale)).toMatchObject({ why: 'overdue', granted: 3, credits: 0, held: 2, spared: 1 })

    await rig.paid(sale, ben) // in time for the order, which has its own
    await rig.returned(sale, ada)
    await until(async () => (await rig.row(sale)).spared === 2)
    await rig.returned(sale, ben) // and paid back
    await until(async () => (await rig.row(sale)).spared === 3)

    expect(await rig.row(sale)).toMatchObject({ credits: 0, held: 0, bought: 0 })
    const units = (await rig.told(sale)).filter(([name]) => name === 'sale.spared').map(([, data]) => data)
    expect(units).toEqual([{ units: 1 }, { units: 1 }, { units: 1 }])
    expect(await rig.states(sale)).toEqual({ ada: 'gone', ben: 'gone' })
  })

  it('comes at once where there is nothing to sell', async () => {
    const { id: sale } = await rig.announce()
    const [ada = ''] = await rig.joinAll(sale, ['ada'])
    await rig.tell({ name: 'stock.allotted', subject: sale, data: { units: 0 } })

    await until(isOver(sale))

    expect(await rig.row(sale)).toMatchObject({ why: 'overdue', granted: 0, spared: 0 })
    await until(async () => (await rig.entry(sale, ada)).state === 'refused')
  })

  it('gives all back that inventory sets aside for a sale that has ended meanwhile', async () => {
    const { id: sale } = await rig.announce()
    expect((await rig.adminPost(`sales/${sale}/end`)).status).toBe(200)

    await rig.tell({ name: 'stock.allotted', subject: sale, data: { units: 3 } })

    await until(async () => (await rig.row(sale)).spared === 3)
    expect((await rig.told(sale)).slice(1)).toEqual([
      ['sale.ended', { why: 'overdue', units: 0, bought: 0 }],
      ['sale.spared', { units: 3 }],
    ])
  })

  it('forms a group with the last unit that is paid in time', async () => {
    const sale = await rig.openFor3({ kind: 'group', units: 2 })
    const tickets = await rig.joinAll(sale, ['ada', 'ben'])
    await rig.untilStates(sale, { ada: 'admitted', ben: 'admitted' })
    await rig.paid(sale, ...tickets)

    await until(isOver(sale))

    expect((await rig.told(sale)).slice(1)).toEqual([
      ['sale.ended', { why: 'formed', units: 2, bought: 2 }],
      ['group.formed', { bought: 2 }],
    ])
  })

  it('calls a group off that is not complete in time, and payments that come later do not form it', async () => {
    const sale = await rig.openFor3({ kind: 'group', units: 2 })
    const [ada = '', ben = ''] = await rig.joinAll(sale, ['ada', 'ben'])
    await rig.untilStates(sale, { ada: 'admitted', ben: 'admitted' })
    await rig.paid(sale, ada)
    await rig.untilStates(sale, { ada: 'bought', ben: 'admitted' })
    await rig.comes(sale, 'endsAt')
    await until(isOver(sale))
    await rig.paid(sale, ben)
    await rig.untilStates(sale, { ada: 'bought', ben: 'bought' })

    expect(await rig.row(sale)).toMatchObject({ why: 'failed', held: 0, bought: 2, spared: 0 })
    await rig.returned(sale, ada, ben)
    await until(async () => (await rig.row(sale)).spared === 2)
    expect((await rig.told(sale)).slice(1, 3)).toEqual([
      ['sale.ended', { why: 'failed', units: 2, bought: 1 }],
      ['group.failed', { bought: 1 }],
    ])
  })

  it('is decided by the clock and not by the sweep: what is heard after it does not count for it', async () => {
    const sale = await rig.openFor3({ kind: 'group', units: 1 })
    const tickets = await rig.joinAll(sale, ['ada'])
    await rig.untilStates(sale, { ada: 'admitted' })
    await rig.shutDown() // and with it the sweep
    await rig.comes(sale, 'endsAt')
    const { write } = await rig.db()

    const told: Emitted[] = []
    await write((tx) =>
      noteBought.apply(
        tx,
        tickets.map((ticket) => paidFor(ticket, sale)),
        (one) => void told.push(one),
      ),
    )

    expect(await rig.row(sale)).toMatchObject({ why: 'failed', bought: 1 })
    expect(told.map(({ name }) => name)).toEqual(['sale.ended', 'group.failed'])
  })

  it('is the same whether its time is over or the admin says so, and said twice it is said once', async () => {
    const sale = await rig.openFor3()
    const [first, second] = [await rig.adminPost(`sales/${sale}/end`), await rig.adminPost(`sales/${sale}/end`)]

    expect([first.status, second.status]).toEqual([200, 200])
    expect(await first.json()).toMatchObject({ id: sale, state: 'ended', why: 'overdue', spared: 3, free: 0 })
    expect((await rig.told(sale)).map(([name]) => name)).toEqual(['sale.announced', 'sale.spared', 'sale.ended'])
    expect((await rig.adminPost('sales/nothing/end')).status).toBe(404)
    expect((await rig.post(`/api/admin/sales/${sale}/end`)).status).toBe(401)
  })
})
