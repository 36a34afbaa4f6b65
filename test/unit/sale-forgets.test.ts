import { describe, expect, it } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import { sessionOf, withSession } from '../customer-session.ts'
import { useSales } from '../sale-rig.ts'
import { until } from '../until.ts'

const rig = useSales()

describe('a customer who has deleted their account', () => {
  it('is forgotten by the sales they have joined, signed in or not, and keeps no place from others', async () => {
    const sale = await rig.openFor3({ units: 1 })
    const account = uuidv7()
    const [ben = ''] = await rig.joinAll(sale, ['ben'])
    await rig.joinAs(sale, 'lovelace', { name: 'Ada' }, withSession(sessionOf(account)))
    await rig.joinAll(sale, ['ada+mugs', 'cleo'])
    await rig.untilStates(sale, { ben: 'admitted', lovelace: 'waiting', 'ada+mugs': 'waiting', cleo: 'waiting' })

    await rig.tell({ name: 'customer.deleted', subject: account, data: { email: 'ada@example.com' } })

    const { read } = await rig.db()
    const entries = () => read.entry.findMany({ where: { sale }, orderBy: { number: 'asc' } })
    await until(async () => (await entries()).some(({ email }) => email === ''), { what: 'them to be forgotten' })
    expect((await entries()).map(({ name, email, mailbox }) => `${name} ${email} ${mailbox}`).join()).not.toMatch(
      /\bada\b|lovelace/i,
    )
    expect((await entries()).map((entry) => entry.account)).toEqual([null, account, account, null])
    await rig.returned(sale, ben)
    await until(async () => (await entries())[1]?.state === 'admitted', { what: 'the next to be let in' })
    const customer = { name: '', email: '' }
    expect(await rig.told((await entries())[1]?.id ?? '')).toContainEqual([
      'entry.admitted',
      expect.objectContaining({ account, customer }),
    ])
  })

  it('joins as a guest by a session that is still good', async () => {
    const sale = await rig.openFor3()
    const account = uuidv7()
    await rig.tell({ name: 'customer.deleted', subject: account, data: { email: '' } })
    const { read } = await rig.db()
    await until(async () => (await read.deletedAccount.count()) === 1, { what: 'the deletion to be noted' })

    const answer = await rig.joinAs(sale, 'ada', {}, withSession(sessionOf(account)))

    expect(answer.status).toBe(202)
    expect(await read.entry.findMany({ where: { sale } })).toMatchObject([{ account: null, email: 'ada@example.com' }])
  })
})
