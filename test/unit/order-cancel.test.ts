import { describe, expect, it } from '@jest/globals'
import { queueKey } from '../../shared/keys.ts'
import type { Queue } from '../../shared/routes.ts'
import { problemOf, results, tell, useOrdersWithRedis } from '../order-rig.ts'
import { until } from '../until.ts'

const orders = useOrdersWithRedis()
const { reserved, rejected, captured, declined, refunded } = results
const isIn = (id: string, state: string) => async () => (await orders.story(id)).state === state

/** Names of the messages waiting in a list, oldest first. */
async function sentTo(queue: Queue): Promise<string[]> {
  const waiting = await orders.redis.client.lrange(queueKey(queue), 0, -1)
  return waiting.map((text) => JSON.parse(text).name).reverse()
}

describe('cancelling an order', () => {
  it('is answered with the cancelled order, and tells who has to know', async () => {
    const id = await orders.place()

    const answer = await orders.cancel(id)

    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({
      id,
      state: 'cancelled',
      timeline: [{ event: 'order.placed' }, { event: 'order.cancelled', service: 'order', state: 'cancelled' }],
    })
    await until(async () => (await sentTo('payment')).length === 1)
    expect(await sentTo('inventory')).toEqual(['order.placed'])
    expect(await sentTo('inventory:urgent')).toEqual(['order.cancelled'])
    expect(await sentTo('payment')).toEqual(['order.cancelled'])
  })

  it('is possible when it is reserved and when it is paid', async () => {
    const [a, b] = [await orders.place(), await orders.place()]
    await tell(orders.redis, reserved(a), reserved(b), captured(b))
    await until(isIn(a, 'reserved'))
    await until(isIn(b, 'paid'))

    expect((await orders.cancel(a)).status).toBe(200)
    expect((await orders.cancel(b)).status).toBe(200)
  })

  it('is refused when it is final, and tells nobody', async () => {
    const [a, b, c, d] = [await orders.place(), await orders.place(), await orders.place(), await orders.place()]
    await orders.cancel(c)
    await orders.cancel(d)
    await tell(orders.redis, rejected(a), declined(b), refunded(c))
    await until(isIn(a, 'rejected'))
    await until(isIn(b, 'declined'))
    await until(isIn(c, 'refunded'))
    const told = (await sentTo('payment')).length

    for (const [id, state] of [
      [a, 'rejected'],
      [b, 'declined'],
      [c, 'refunded'],
      [d, 'cancelled'],
    ] as const)
      expect(await problemOf(await orders.cancel(id))).toMatchObject({
        status: 409,
        detail: expect.stringContaining(state),
      })
    expect(await sentTo('payment')).toHaveLength(told)
  })

  it('twenty at once cancel it once', async () => {
    const id = await orders.place()

    const answers = await Promise.all(Array.from({ length: 20 }, () => orders.cancel(id)))

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19)
    expect(await orders.events(id)).toEqual(['order.placed', 'order.cancelled'])
    await until(async () => (await sentTo('payment')).length === 1)
  })

  it('in a race with the results: whoever is second sees who was first, and none is lost', async () => {
    const ids = await Promise.all(Array.from({ length: 60 }, () => orders.place()))

    const outcome = (id: string, i: number) => (i % 2 ? [reserved(id), captured(id)] : [reserved(id), declined(id)])
    const [answers] = await Promise.all([
      Promise.all(ids.map((id) => orders.cancel(id))),
      ...ids.map((id, i) => tell(orders.redis, ...outcome(id, i))),
    ])

    for (const [i, id] of ids.entries()) {
      const isCancelled = answers[i]?.status === 200
      await until(async () => (await orders.events(id)).length === (isCancelled ? 4 : 3), { what: `all about ${i}` })
      const story = await orders.story(id)
      expect(story.state).toBe(isCancelled ? 'cancelled' : 'declined')
      const states = story.timeline.map(({ state }) => state)
      if (isCancelled) expect(new Set(states.slice(states.indexOf('cancelled')))).toEqual(new Set(['cancelled']))
    }
  })
})
