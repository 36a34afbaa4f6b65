import { describe, expect, it } from '@jest/globals'
import { decide } from '../../services/order/hear-results.ts'
import type { Result, Standing } from '../../services/order/order.ts'
import type { Message } from '../../shared/events.ts'
import { statusKey } from '../../shared/keys.ts'
import { call } from '../calls.ts'
import { results, tell, useOrdersWithRedis } from '../order-rig.ts'
import { until } from '../until.ts'

const orders = useOrdersWithRedis()
const { reserved, rejected, captured, declined, refunded } = results
const hasEntries = (id: string, count: number) => async () => (await orders.story(id)).timeline.length === count

describe('a batch of results', () => {
  it('builds on itself, order by order', () => {
    const envelope = { at: 1, stamp: 1, attempt: 1 }
    const money = { number: 'OL-1', totalCents: 1, currency: 'EUR' }
    const hear = (orderId: string): Message<Result>[] => [
      {
        ...envelope,
        id: '1',
        name: 'stock.reserved',
        subject: orderId,
        data: { ...money, paymentMethod: 'pm_x', payBy: null },
      },
      { ...envelope, id: '2', name: 'payment.captured', subject: orderId, data: { ...money, chargeId: 'pi_1' } },
      {
        ...envelope,
        id: '3',
        name: 'stock.reserved',
        subject: orderId,
        data: { ...money, paymentMethod: 'pm_x', payBy: null },
      },
    ]
    const orders = new Map<string, Standing>([
      ['a', { state: 'placed', tender: 1 }],
      ['b', { state: 'cancelled', tender: 1 }],
    ])

    const entries = decide([...hear('a'), ...hear('b'), ...hear('unknown')], orders)

    expect(entries.map(({ orderId, state }) => `${orderId} ${state}`)).toEqual([
      'a paying',
      'a paid',
      'a paid',
      'b cancelled',
      'b cancelled',
      'b cancelled',
    ])
    expect([...orders.values()].map(({ state }) => state)).toEqual(['paid', 'cancelled'])
  })
})

describe('what the other services tell', () => {
  it('moves the order on and is told in its timeline: what, by whom, when, and by which message', async () => {
    const id = await orders.place()
    const at = Date.parse((await orders.story(id)).placedAt) + 40
    await tell(orders.redis, { ...reserved(id), id: 'm-1', at }, { ...captured(id), id: 'm-2', at: at + 2, attempt: 3 })
    await until(hasEntries(id, 3))

    const { state, timeline } = await orders.story(id)

    expect(state).toBe('paid')
    expect(timeline).toMatchObject([
      { event: 'order.placed', service: 'order', state: 'placed', msSincePlaced: 0, messageId: null, attempt: null },
      {
        event: 'stock.reserved',
        service: 'inventory',
        state: 'paying',
        msSincePlaced: 40,
        messageId: 'm-1',
        attempt: 1,
      },
      { event: 'payment.captured', service: 'payment', state: 'paid', msSincePlaced: 42, messageId: 'm-2', attempt: 3 },
    ])
    expect(timeline.at(-1)?.detail).toEqual({ chargeId: 'pi_1' })
  })

  it('never comes before the order, whatever the clocks say', async () => {
    const id = await orders.place()
    const at = Date.parse((await orders.story(id)).placedAt) - 3_600_000 // a clock that has stepped back
    await tell(orders.redis, { ...reserved(id), at }, { ...captured(id), at })
    await until(hasEntries(id, 3))

    const { timeline } = await orders.story(id)
    const charted = Object(await (await call(orders.url, '/ops/timeline')).json())

    expect(timeline.map(({ msSincePlaced }) => msSincePlaced)).toEqual([0, 0, 0])
    expect(charted).toMatchObject([{ ms: 0 }, { ms: 0 }])
  })

  it('is told with whether the customer may still change their mind', async () => {
    const id = await orders.place()
    await tell(orders.redis, reserved(id), declined(id))
    await until(hasEntries(id, 3))

    const { timeline } = await orders.story(id)

    expect(timeline.map(({ event, canCancel }) => [event, canCancel])).toEqual([
      ['order.placed', true],
      ['stock.reserved', true],
      ['payment.declined', true],
    ])
  })

  it('says why an order failed', async () => {
    const [a, b] = [await orders.place(), await orders.place()]
    await tell(orders.redis, rejected(a), reserved(b), declined(b))
    await until(hasEntries(a, 2))
    await until(hasEntries(b, 3))

    const missing = [{ sku: 'MUG-001', wanted: 2, available: 1 }]
    expect(await orders.story(a)).toMatchObject({ state: 'rejected', timeline: [{}, { detail: { missing } }] })
    expect(await orders.story(b)).toMatchObject({
      state: 'declined',
      timeline: [{}, {}, { detail: { reason: 'insufficient_funds' } }],
    })
  })

  it.each(['stolen_card', 'lost_card', 'fraudulent', 'pickup_card', 'restricted_card', 'merchant_blacklist'])(
    'says of %s no more than that the card was declined',
    async (code) => {
      const id = await orders.place()
      await tell(orders.redis, JSON.parse(JSON.stringify(declined(id)).replace('insufficient_funds', code)))
      await until(hasEntries(id, 2))

      expect((await orders.story(id)).timeline.at(-1)?.detail).toEqual({ reason: 'card_declined' })
    },
  )

  it('a payment that is heard of before its reservation pays, and both are in the timeline', async () => {
    const id = await orders.place()
    await tell(orders.redis, captured(id))
    await until(hasEntries(id, 2))

    await tell(orders.redis, reserved(id))
    await until(hasEntries(id, 3))

    expect((await orders.story(id)).timeline.map(({ event, state }) => [event, state])).toEqual([
      ['order.placed', 'placed'],
      ['payment.captured', 'paid'],
      ['stock.reserved', 'paid'],
    ])
  })

  it('several results of one order in one batch build upon each other', async () => {
    const id = await orders.place()
    await orders.redis.client.client('PAUSE', 200)
    await tell(orders.redis, reserved(id), reserved(id), captured(id), captured(id))
    await until(hasEntries(id, 5))

    const { state, timeline } = await orders.story(id)
    expect(state).toBe('paid')
    expect(timeline.map((entry) => entry.state).sort()).toEqual(['paid', 'paid', 'paying', 'paying', 'placed'])
  })

  it('the same message twice is one entry', async () => {
    const id = await orders.place()
    await tell(orders.redis, { ...reserved(id), id: 'm-1' })
    await until(hasEntries(id, 2))
    await tell(orders.redis, { ...reserved(id), id: 'm-1' }, captured(id))

    await until(async () => (await orders.story(id)).state === 'paid')
    expect(await orders.events(id)).toEqual(['order.placed', 'stock.reserved', 'payment.captured'])
  })

  it('a message that was given up, and that it is sent again, is part of the story and moves nothing', async () => {
    const id = await orders.place()
    const about = { number: 'OL-1', letter: 'l-1', event: 'stock.reserved', to: 'payment', by: 'payment' } as const
    await tell(
      orders.redis,
      reserved(id),
      { name: 'message.buried', subject: id, data: { ...about, reason: 'no such card' } },
      { name: 'message.replayed', subject: id, data: about },
    )
    await until(hasEntries(id, 4))

    const detail = { letter: 'l-1', event: 'stock.reserved', to: 'payment' }
    expect((await orders.story(id)).timeline.slice(2)).toMatchObject([
      { event: 'message.buried', service: 'payment', state: 'paying', detail: { ...detail, reason: 'no such card' } },
      { event: 'message.replayed', service: 'payment', state: 'paying', detail },
    ])
  })

  it('that a message was put away is part of the story, without the words of whoever did it', async () => {
    const id = await orders.place()
    const about = { number: 'OL-1', letter: 'l-1', event: 'stock.reserved', to: 'payment', by: 'payment' } as const
    await tell(orders.redis, { name: 'message.discarded', subject: id, data: { ...about, reason: 'a known cheat' } })
    await until(hasEntries(id, 2))

    const { event, detail } = (await orders.story(id)).timeline.at(-1) ?? {}
    expect({ event, detail }).toEqual({
      event: 'message.discarded',
      detail: { letter: 'l-1', event: 'stock.reserved', to: 'payment' },
    })
  })

  it('a result of an order that does not exist changes nothing, and is done with', async () => {
    const id = await orders.place()
    await tell(orders.redis, { ...captured('nobody'), id: 'm-1' }, reserved(id))

    await until(hasEntries(id, 2))
    await until(async () => (await orders.redis.client.hget(statusKey('order'), 'm-1')) === 'done')
    expect((await orders.get('/api/orders/nobody')).status).toBe(404)
  })

  it('a cancelled order stays so when a capture comes late, and is refunded when the money is back', async () => {
    const id = await orders.place()
    await orders.cancel(id)
    await tell(orders.redis, captured(id))
    await until(hasEntries(id, 3))
    expect((await orders.story(id)).state).toBe('cancelled')

    await tell(orders.redis, refunded(id))

    await until(async () => (await orders.story(id)).state === 'refunded')
  })
})
