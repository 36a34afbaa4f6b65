import { describe, expect, it } from '@jest/globals'
import { queueKey } from '../../shared/keys.ts'
import type { Queue } from '../../shared/routes.ts'
import { problemOf, results, tell, useOrdersWithRedis } from '../order-rig.ts'
import { until } from '../until.ts'

const orders = useOrdersWithRedis()
const { reserved, unpaid, rejected, captured, declined, refunded } = results
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

  it.each([
    ['reserved', [unpaid]],
    ['paying', [reserved]],
    ['declined', [reserved, declined]],
    ['paid', [reserved, captured]],
  ])('is possible when it is %s', async (state, told) => {
    const id = await orders.place()
    await tell(orders.redis, ...told.map((result) => result(id)))
    await until(isIn(id, state))

    expect((await orders.cancel(id)).status).toBe(200)
  })

  it('is refused when it is final, and tells nobody', async () => {
    const [a, c, d] = [await orders.place(), await orders.place(), await orders.place()]
    await orders.cancel(c)
    await orders.cancel(d)
    await tell(orders.redis, rejected(a), refunded(c))
    await until(isIn(a, 'rejected'))
    await until(isIn(c, 'refunded'))
    const told = (await sentTo('payment')).length

    for (const [id, state] of [
      [a, 'rejected'],
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

    const outcome = (id: string, i: number) => (i % 2 ? [reserved(id), captured(id)] : [rejected(id)])
    const [answers] = await Promise.all([
      Promise.all(ids.map((id) => orders.cancel(id))),
      ...ids.map((id, i) => tell(orders.redis, ...outcome(id, i))),
    ])

    for (const [i, id] of ids.entries()) {
      const isCancelled = answers[i]?.status === 200
      const count = 1 + outcome(id, i).length + Number(isCancelled)
      await until(async () => (await orders.events(id)).length === count, { what: `all about ${i}` })
      const story = await orders.story(id)
      expect(story.state).toBe(isCancelled ? 'cancelled' : 'rejected')
      const states = story.timeline.map(({ state }) => state)
      if (isCancelled) expect(new Set(states.slice(states.indexOf('cancelled')))).toEqual(new Set(['cancelled']))
    }
  })
})
