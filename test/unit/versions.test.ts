import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { upcasts } from '../../shared/event-versions.ts'
import { type Message, Unfixable } from '../../shared/events.ts'
import { countLetters, replay } from '../../shared/protocol/dead-letters.ts'
import { ProtocolBed } from '../protocol-bed.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const redis = useRedis()
let bed: ProtocolBed
beforeEach(async () => {
  bed = await ProtocolBed.open(redis)
  await bed.startSender()
})
afterEach(async () => {
  delete upcasts['order.placed']
  await bed.close()
})

/** From now on all programs know a version 2 of `order.placed`, which calls the customer’s name otherwise than 1 did. */
function update(): void {
  upcasts['order.placed'] = [
    (data) => ({ ...Object(data), customer: { name: 'as 2 says it', email: 'a@example.com' } }),
  ]
}
const names = (heard: Message<'order.placed'>[]) => heard.map(({ data }) => data.customer.name)

describe('an event in a newer version than its receiver knows', () => {
  it('waits for the receiver’s update and is lost to nobody, while others are handled', async () => {
    const old = await bed.startReceiver()
    update()
    await bed.place('o1', 'o2')
    delete upcasts['order.placed']
    await bed.place('known')
    await until(async () => (await bed.effects('known')) === 1)
    await until(() => old.worker.state().retried >= 6) // both of them, and more than once
    expect([await bed.effects('o1'), await countLetters(bed.db.read)]).toEqual([0, 0])
    const told = bed.told.filter(({ subject, level }) => subject !== 'known' && level > 30)
    expect(told.map(({ msg, reason }) => [msg, reason])).toEqual([
      ['event.newer', 'order.placed is of version 2, and this service knows 1: it waits for an update'],
    ])

    update()
    await old.stop()
    await bed.startReceiver()

    await until(async () => (await bed.effects('o1')) === 1 && (await bed.effects('o2')) === 1)
    await until(async () => (await bed.outboxRow('o2')) === undefined)
  })
})

describe('an event in an older version', () => {
  it('comes as the newest, out of history and out of a dead letter', async () => {
    const heard: Message<'order.placed'>[] = []
    await bed.place('from history')
    await bed.stopSender()
    await bed.redis.client.flushall()
    const refusing = await bed.startReceiver({
      prepare: async () => {
        throw new Unfixable('not yet')
      },
    })
    await bed.startSender()
    await until(async () => (await countLetters(bed.db.read)) === 1)
    await refusing.stop()

    update()
    const receiver = await bed.startReceiver({ apply: async (_tx, messages) => void heard.push(...messages) })
    await receiver.producer.publish((tx) => replay(tx, Date.now()))
    receiver.producer.nudge('inventory')

    await until(() => heard.length === 1)
    expect([names(heard), heard[0]?.v]).toEqual([['as 2 says it'], 2])
    const [copy] = await bed.db.read.event.findMany()
    expect(copy).toMatchObject({ v: 1, subject: 'from history' })
  })
})
