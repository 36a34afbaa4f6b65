import { describe, expect, it } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { TOKEN_MS } from '../../shared/web/customer-session.ts'
import { sessionOf, withSession } from '../customer-session.ts'
import { useLive } from '../live-rig.ts'
import { keyOf, withKey } from '../order-key.ts'
import { problemOf, results, TOKEN, tell, useOrdersWithRedis } from '../order-rig.ts'
import { until } from '../until.ts'

const orders = useOrdersWithRedis()
const live = useLive(orders.redis, () => ({ ORDER_URL: orders.url, RATE_LIMITS: 'on' }))

const ada = uuidv7()
const seqs = (all: unknown[]) => all.map((one) => Object(one).seq)

async function placedBy(headers: Record<string, string>): Promise<string> {
  return z.object({ id: z.string() }).parse(await (await orders.order({}, headers)).json()).id
}

function refusalOf(topics: object[], headers: Record<string, string> = {}): Promise<Response> {
  const all = { 'content-type': 'application/json', ...headers }
  return fetch(`${live.url}/api/live`, { method: 'POST', headers: all, body: JSON.stringify({ topics }) })
}

describe('whoever watches an order', () => {
  it('is told its timeline from the beginning, each with its key, and goes on where they were', async () => {
    const [one, other] = [await orders.place(), await orders.place()]
    const asked = [one, other].map((id) => ({ topic: `order:${id}`, key: keyOf(id) }))
    const ear = await live.ask([...asked, { topic: 'news' }])
    await until(() => ear.of(`order:${one}`).length === 1 && ear.of(`order:${other}`).length === 1)

    await tell(orders.redis, results.reserved(one))
    await until(() => ear.of(`order:${one}`).length === 2)
    ear.hangUp()
    await tell(orders.redis, results.captured(one), results.rejected(other))
    await until(async () => (await orders.story(one)).state === 'paid')
    const back = await live.ask(asked, { 'last-event-id': ear.lastId })

    await until(() => back.events.length >= 2)
    const { timeline } = await orders.story(one)
    expect(ear.data(`order:${one}`)).toEqual(timeline.slice(0, 2))
    expect(back.of(`order:${one}`)).toEqual([
      { topic: `order:${one}`, kind: 'payment.captured', at: timeline.at(-1)?.at, data: timeline.at(-1) },
    ])
    expect(back.kinds().toSorted()).toEqual(['payment.captured', 'stock.rejected'])
    const all = [...ear.data(`order:${one}`), ...back.data(`order:${one}`)]
    expect(seqs(all)).toEqual(timeline.map(({ seq }) => seq))
  })

  it('has its key, or the session of its account, or is the admin; to all others there is no such topic', async () => {
    const [hers, guests] = [await placedBy(withSession(sessionOf(ada))), await orders.place()]
    const topic = `order:${hers}`
    const own = withSession(sessionOf(ada))
    const admin = { authorization: `Bearer ${TOKEN}` }
    const passes = [withKey(hers), own, admin].map((headers) => live.watch([topic], headers))
    for (const ear of await Promise.all(passes)) await until(() => ear.of(topic).length === 1)

    const refused = [
      await refusalOf([{ topic: 'news' }, { topic, key: 'guess' }]),
      await refusalOf([{ topic: 'news' }, { topic, key: keyOf(guests) }]),
      await refusalOf([{ topic: 'news' }, { topic }], withSession(sessionOf(uuidv7()))),
      await refusalOf([{ topic: 'news' }, { topic: `order:${guests}` }], own),
      await refusalOf([{ topic: 'news' }, { topic: `order:${uuidv7()}` }], admin),
    ]
    for (const answer of refused) {
      expect(answer.status).toBe(404)
      expect(await problemOf(answer)).toMatchObject({ title: 'Not found', fields: ['topics.1.topic'] })
    }
  })

  it('hears no more once the session is over that they have opened it by', async () => {
    const session = sessionOf(ada)
    const id = await placedBy(withSession(session))
    const ear = await live.watch([`order:${id}`], withSession(session))
    const byKey = await live.watch([`order:${id}`], withKey(id))

    const at = Date.now()
    const data = { session: session.session, at, until: at + TOKEN_MS }
    await tell(orders.redis, { name: 'customer.signedOut', subject: ada, data })

    await until(() => ear.isOver)
    expect((await refusalOf([{ topic: `order:${id}` }], withSession(session))).status).toBe(404)
    expect(byKey.isOver).toBe(false)
  })

  it('is told at once among more of them than are asked for in one call', async () => {
    const ids = await Promise.all(Array.from({ length: 240 }, () => orders.place()))
    const groups = Array.from({ length: 12 }, (_, i) => ids.slice(i * 20, (i + 1) * 20))
    const asked = groups.map((group) => group.map((id) => ({ topic: `order:${id}`, key: keyOf(id) })))
    const ears = await Promise.all(asked.map((topics) => live.ask(topics)))
    await until(() => ears.every(({ events }) => events.length === 20))

    await tell(orders.redis, ...ids.slice(0, 25).map(results.reserved))
    await until(() => ears.reduce((sum, { events }) => sum + events.length, 0) === 265)
    ears[11]?.hangUp()
    const [last = ''] = ids.slice(-1)
    await tell(orders.redis, results.rejected(last))
    await until(async () => (await orders.story(last)).state === 'rejected')
    const back = await live.ask(asked[11] ?? [], { 'last-event-id': ears[11]?.lastId ?? '' })

    await until(() => back.events.length === 1)
    expect(back.events[0]).toMatchObject({ topic: `order:${last}`, kind: 'stock.rejected' })
    expect(ears.map(({ events }) => events.length)).toEqual([40, 25, ...Array(10).fill(20)])
  })

  it('tries one key after the other no more than sixty times', async () => {
    const topics = [{ topic: `order:${uuidv7()}`, key: 'guess' }]
    const tries = await Promise.all(Array.from({ length: 61 }, () => refusalOf(topics)))

    expect(tries.map(({ status }) => status).toSorted()).toEqual([...Array(60).fill(404), 429])
  })

  it('misses nothing while order is away, and whoever comes then is told to come again', async () => {
    const id = await orders.place()
    const topics = [{ topic: `order:${id}`, key: keyOf(id) }]
    const ear = await live.ask(topics)
    await until(() => ear.events.length === 1)
    await orders.shutDown()
    const port = new URL(orders.url).port

    const refusal = await refusalOf(topics)
    await tell(orders.redis, results.reserved(id))
    await orders.boot({ PORT: Number(port) })

    expect(refusal.status).toBe(503)
    expect((await problemOf(refusal)).detail).toContain('order')
    await until(() => ear.events.length === 2)
    expect(ear.kinds()).toEqual(['order.placed', 'stock.reserved'])
  })
})
