import { describe, expect, it } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import { sayAll } from '../../services/sale/say-all.ts'
import { sessionOf, withSession } from '../customer-session.ts'
import { withKey } from '../order-key.ts'
import { problemOf } from '../order-rig.ts'
import { SaleRig, TOKEN, useSales } from '../sale-rig.ts'

const rig = useSales()

/** What was said in a room, as all who watch are told. */
const heard = async (sale: string) =>
  (await rig.told(sale)).flatMap(([name, data]) => (name === 'room.said' ? [data] : []))

/** A while is over since anybody has said anything. */
async function later(): Promise<void> {
  const { write } = await rig.db()
  await write((tx) => tx.entry.updateMany({ data: { saidAt: Date.now() - 2_000 } }))
}

describe('the room of a sale', () => {
  it('tells everybody what those say who have a ticket, counted, each room by itself', async () => {
    const [sale, other] = [await rig.openFor3(), await rig.openFor3()]
    const [ada = '', ben = ''] = await rig.joinAll(sale, ['ada', 'ben'])
    const [eve = ''] = await rig.joinAll(other, ['eve'])

    const answer = await rig.say(sale, ada, { text: 'Hello.' })
    await rig.say(other, eve, { name: 'Eve', text: 'Anybody here?' })
    await rig.say(sale, ben, { name: 'Ben', text: 'Good luck!' })

    expect([answer.status, await answer.json()]).toEqual([201, { said: 1, name: 'Ada', text: 'Hello.' }])
    expect(await heard(sale)).toEqual([
      { said: 1, name: 'Ada', text: 'Hello.' },
      { said: 2, name: 'Ben', text: 'Good luck!' },
    ])
    expect(await heard(other)).toEqual([{ said: 1, name: 'Eve', text: 'Anybody here?' }])
  })

  it('counts without a gap what many say at once', async () => {
    const sale = await rig.openFor3()
    const tickets = await rig.joinAll(sale, ['ada', 'ben', 'cid', 'dan', 'eve'])

    const answers = await Promise.all([...tickets, ...tickets].map((ticket) => rig.say(sale, ticket)))

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(5)
    expect((await heard(sale)).map((one) => Object(one).said)).toEqual([1, 2, 3, 4, 5])
  })

  it('counts those in one transaction, too, each room by itself, and of one ticket what it said first', async () => {
    const [sale, other] = [await rig.openFor3(), await rig.openFor3()]
    const [ada = '', ben = ''] = await rig.joinAll(sale, ['ada', 'ben'])
    const [eve = ''] = await rig.joinAll(other, ['eve'])
    const wish = (sale: string, ticket: string, text: string) => ({
      sale,
      ticket,
      name: 'A',
      text,
      traceparent: undefined,
    })
    const group = [wish(sale, ada, '1'), wish(other, eve, '2'), wish(sale, ada, '3'), wish(sale, ben, '4')]
    const told: unknown[] = []

    const { write } = await rig.db()
    const spoken = await write((tx) => sayAll(tx, group, ({ data }) => void told.push(data)))

    const said = (said: number) => ({ kind: 'said', said })
    expect(spoken).toEqual([said(1), said(1), { kind: 'too soon' }, said(2)])
    expect(told).toMatchObject([
      { said: 1, text: '1' },
      { said: 1, text: '2' },
      { said: 2, text: '4' },
    ])
  })

  it('is for whoever has the key of a ticket of this sale, or is signed in to its account, and for nobody else', async () => {
    const account = uuidv7()
    const own = withSession(sessionOf(account))
    const [sale, other] = [await rig.openFor3(), await rig.openFor3()]
    const [ada = ''] = await rig.joinAll(other, ['ada'])
    const { ticket } = Object(await (await rig.joinAs(sale, 'ben', {}, own)).json())

    const refused = await Promise.all([
      rig.say(sale, ticket, {}, {}),
      rig.say(sale, ticket, {}, withKey(ada)),
      rig.say(sale, ticket, {}, withSession(sessionOf(uuidv7()))),
      rig.say(sale, ticket, {}, { authorization: `Bearer ${TOKEN}` }), // the admin speaks in nobody's name
      rig.say(sale, ada), // is in another line
      rig.say('nothing', ticket),
    ])

    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404])
    expect((await rig.say(sale, ticket, {}, own)).status).toBe(201)
    expect((await rig.say(other, ada)).status).toBe(201)
  })

  it('hears each ticket once in two seconds, whichever process it comes to, and after a restart', async () => {
    const sale = await rig.openFor3()
    const [ada = ''] = await rig.joinAll(sale, ['ada'])
    const second = new SaleRig(rig.redis, {})
    second.folder = rig.folder
    await second.boot()

    await rig.say(sale, ada)
    const [same, elsewhere] = [await rig.say(sale, ada, {}, { ...withKey(ada), ...zh }), await second.say(sale, ada)]
    await second.shutDown()

    expect([same.status, same.headers.get('retry-after'), elsewhere.status]).toEqual([429, '2', 429])
    expect((await problemOf(same)).detail).toBe('您刚刚发过言。请在 2 秒后再试。')
    await later()
    expect((await rig.say(sale, ada)).status).toBe(201)
  })

  it('shows names and texts on one line, without what could fake or turn it', async () => {
    const sale = await rig.openFor3()
    const [ada = ''] = await rig.joinAll(sale, ['ada'])

    await rig.say(sale, ada, { name: ' Ada \u202E Lovelace ', text: 'One\r\n\tBen:\u0000 \u2066two\u2069' })

    expect(await heard(sale)).toEqual([{ said: 1, name: 'Ada Lovelace', text: 'One Ben: two' }])
  })

  it.each([
    [{ text: '' }, ['text']],
    [{ text: ' \n\u202E ' }, ['text']],
    [{ text: 'x'.repeat(281) }, ['text']],
    [{ name: '' }, ['name']],
    [{ name: '\u202E' }, ['name']],
    [{ name: 'buy at www.example.com' }, ['name']],
    [{ ticket: undefined }, ['ticket']],
  ])('is told what is wrong with %j', async (parts, fields) => {
    const sale = await rig.openFor3()
    const [ada = ''] = await rig.joinAll(sale, ['ada'])

    const answer = await rig.say(sale, ada, parts)

    expect([answer.status, (await problemOf(answer)).fields]).toEqual([422, fields])
  })

  it('is shut when the sale is over', async () => {
    const sale = await rig.openFor3()
    const [ada = ''] = await rig.joinAll(sale, ['ada'])
    await rig.adminPost(`sales/${sale}/end`)

    const answer = await rig.say(sale, ada, {}, { ...withKey(ada), ...zh })

    expect([answer.status, (await problemOf(answer)).detail]).toEqual([409, '本场抢购已结束，不能再发言。'])
    expect(await heard(sale)).toEqual([])
  })
})

const zh = { 'accept-language': 'zh' }
