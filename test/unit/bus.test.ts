import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { type BusNow, busAnswer, catalogueAnswer } from '../../services/control/bus/bus-answer.ts'
import { queueKey } from '../../shared/keys.ts'
import { eventNames, services } from '../../shared/routes.ts'
import { useControl } from '../control-rig.ts'
import { samples } from '../event-samples.ts'
import { until } from '../until.ts'

const control = useControl()
const { orders } = control
const jsonSchema = z.record(z.string(), z.unknown())
const look = async () => busAnswer.parse(await (await control.admin('events')).json())
const eventIn = (bus: BusNow, name: string) => bus.events.find(({ event }) => event === name)
const queueIn = (bus: BusNow, name: string) => bus.queues.find(({ queue }) => queue === name)

describe('the bus', () => {
  it('tells how often an event is said, and that it is not said any more', async () => {
    await until(async () => eventIn(await look(), 'order.placed')?.perS === 0, { what: 'order to have told twice' })

    await orders.place()

    await until(async () => (eventIn(await look(), 'order.placed')?.perS ?? 0) > 0, { what: 'the rate to rise' })
    await until(async () => eventIn(await look(), 'order.placed')?.perS === 0, { what: 'the rate to fall' })
  })

  it('shows the newest of each event without the address of who ordered', async () => {
    const id = await orders.place()

    const sample = await until(async () => eventIn(await look(), 'order.placed')?.sample)

    expect(sample).toMatchObject({ subject: id, version: 2, data: { number: 'OL-1000001' } })
    expect(JSON.stringify(sample)).not.toMatch(/Ada|Lovelace|example\.com/)
    expect(eventIn(await look(), 'stock.reserved')).toMatchObject({ sample: null })
  })

  it('counts what waits for each list, there and on disk, and how old it is', async () => {
    await orders.place()
    await until(async () => queueIn(await look(), 'inventory')?.inList === 1)

    await control.redis.kill()

    const queue = await until(async () => {
      await orders.place() // the first ones are in the outbox as pushed, until that has failed
      const found = queueIn(await look(), 'inventory')
      return found?.onDisk && found
    })
    expect(queue).toMatchObject({ inList: null })
    expect(queue.oldestAgeMs).toBeGreaterThanOrEqual(0)
    expect(queueIn(await look(), 'inventory:urgent')).toMatchObject({ onDisk: 0 })
  })

  it('counts dead letters with whom they were for, and what was no message, too', async () => {
    const message = { id: 'b', stamp: 1, name: 'stock.released', subject: 'o', at: 1, attempt: 1, data: {} }
    await control.redis.client.lpush(queueKey('order'), 'garbage', JSON.stringify(message))

    await until(async () => (await look()).dead.reduce((sum, { count }) => sum + count, 0) === 2)
    expect((await look()).dead).toEqual(expect.arrayContaining([{ service: 'order', event: null, count: 2 }]))
  })

  it('says who cannot be asked, and that there may be more', async () => {
    const bus = await look()
    expect(bus.unreachable).toEqual(services.filter((service) => service !== 'order'))
    expect(queueIn(bus, 'payment')).toMatchObject({ isFloor: true })
  })

  it('is for the admin, and the table it goes by for anyone, with a schema for each event', async () => {
    expect((await control.get('/api/admin/events')).status).toBe(401)

    const { events } = catalogueAnswer.parse(await (await control.get('/api/events')).json())

    expect(events.map(({ event }) => event)).toEqual(eventNames)
    for (const { event, schema } of events) {
      const answer = await orders.get(schema)
      expect(answer.headers.get('content-type')).toMatch('application/schema+json')
      const taken = z.fromJSONSchema(jsonSchema.parse(await answer.json()))
      expect([event, taken.safeParse(samples[event]).success]).toEqual([event, true])
      expect([event, taken.safeParse({}).success]).toEqual([event, false])
    }
  })

  it.each(['order.placed/v3', 'order.lost/v1', '__proto__/v1', 'order.placed/1'])('has no schema %s', async (path) => {
    expect((await control.get(`/schemas/${path}`)).status).toBe(404)
  })
})
