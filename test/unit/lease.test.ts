import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { openPayment } from '../../services/payment/db.ts'
import { queueKey, settlerKey, statusKey } from '../../shared/keys.ts'
import { createLease } from '../../shared/protocol/lease.ts'
import { startProducer } from '../../shared/protocol/producer.ts'
import { createStamps } from '../../shared/protocol/stamps.ts'
import { connectCommands, whenReady } from '../../shared/store/redis.ts'
import { ORDER, ProtocolBed } from '../protocol-bed.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const redis = useRedis()
let bed: ProtocolBed
const after: (() => Promise<unknown>)[] = []
beforeEach(async () => {
  bed = await ProtocolBed.open(redis)
})
afterEach(async () => {
  await Promise.all(after.splice(0).map((end) => end()))
  await bed.close()
})

describe('a lease', () => {
  const leases = () => [1, 2, 3].map(() => createLease('order', 'inventory', redis.client))
  const holders = async (all: ReturnType<typeof leases>) =>
    (await Promise.all(all.map((one) => one.isOurs()))).filter((isOurs) => isOurs).length

  it('is held by one of many at a time, and by the same one for as long as it asks', async () => {
    const all = leases()

    for (let i = 0; i < 3; i++) expect(await holders(all)).toBe(1)
    const holder = await redis.client.get(settlerKey('inventory', 'order'))
    await until(async () => (await redis.client.pttl(settlerKey('inventory', 'order'))) < 600 || !(await holders(all)))
    expect(await holders(all)).toBe(1)
    expect(await redis.client.get(settlerKey('inventory', 'order'))).toBe(holder)
  })

  it('passes to another one within about a second when its holder is gone, and at once when it is given up', async () => {
    const [one, two] = leases()
    expect(await one?.isOurs()).toBe(true)
    const since = performance.now()
    await until(() => two?.isOurs())
    expect(performance.now() - since).toBeLessThan(2_000)

    await two?.giveUp()

    expect(await one?.isOurs()).toBe(true)
  })
})

describe('several instances of one service', () => {
  it('push once what has to be pushed again, and settle while one of them lives', async () => {
    const all = [await startInstance(), await startInstance(), await startInstance()]
    for (const [i, one] of all.entries()) await one.place(`o${i}`)
    await until(async () => (await bed.waiting()).length === 3)

    await bed.redis.client.del(queueKey('inventory'), statusKey('inventory')) // three messages are lost
    await until(() => all.reduce((sum, one) => sum + one.repushed(), 0) === 3)
    await until(async () => (await bed.waiting()).length === 3)
    expect(await pushes()).toEqual([2, 2, 2])

    await bed.startReceiver()
    await until(async () => (await pushes()).length === 0)
    expect([...(await bed.allEffects()).values()]).toEqual([1, 1, 1])
  })

  it('go on within about a second when the one that settled is gone', async () => {
    const [one, two] = [await startInstance(), await startInstance()]
    await bed.startReceiver()
    await one.place('before')
    await until(async () => (await pushes()).length === 0)
    await one.place('o1')
    one.cutOff() // as by a kill, it can say nothing more

    const since = performance.now()
    await two.place('o2')
    await until(async () => (await pushes()).length === 0)

    expect(performance.now() - since).toBeLessThan(4_000)
    expect([await bed.effects('o1'), await bed.effects('o2')]).toEqual([1, 1])
  })

  it('push what one of them has left on disk when it died', async () => {
    const two = await startInstance()
    await two.place('o1')
    await until(async () => (await bed.waiting()).length === 1)
    await bed.senderDb.write((tx) => tx.outbox.updateMany({ data: { stamp: 0 } })) // as one writes it whose way is closed
    await bed.redis.client.del(queueKey('inventory'))

    await until(async () => (await bed.waiting()).length === 1)
  })
})

const pushes = async () =>
  (await bed.senderDb.read.outbox.findMany({ where: { queue: 'inventory' } })).map((row) => row.pushes)

/** One more instance of the service that sends, over the same file. */
async function startInstance() {
  const db = await openPayment(bed.folder)
  const commands = connectCommands(redis.address, bed.health)
  await whenReady(commands)
  const sender = await startProducer({
    ...{ service: 'order', address: redis.address, redis: commands, db, stamps: createStamps(), health: bed.health },
    isReader: () => false,
  })
  after.push(async () => {
    await sender.stop()
    commands.disconnect()
    await db.close()
  })
  return {
    repushed: sender.repushed,
    cutOff: () => commands.disconnect(),
    place: (subject: string) =>
      sender.publish(async (_tx, emit) => emit({ name: 'order.placed', subject, data: ORDER })),
  }
}
