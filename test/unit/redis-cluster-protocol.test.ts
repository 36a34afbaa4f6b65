import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { moveSlot } from '../../chaos/redis-cluster.ts'
import { markKey, queueKey } from '../../shared/keys.ts'
import { Lookout } from '../../shared/protocol/lookout.ts'
import { createStamps } from '../../shared/protocol/stamps.ts'
import { connectCommands, whenReady } from '../../shared/store/redis.ts'
import { slotOf } from '../../shared/store/slot.ts'
import { ProtocolBed } from '../protocol-bed.ts'
import { asServer, useCluster } from '../redis-cluster.ts'
import { until } from '../until.ts'

const cluster = useCluster(3)
let bed: ProtocolBed
beforeEach(async () => {
  bed = await ProtocolBed.open(asServer(cluster))
})
afterEach(() => bed.close())

const LONG_MS = 45_000 // longer than a worker may hold a message without a word
const QUEUE = `test:${queueKey('inventory')}`
const orders = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `o${from + i}`)
const allOnce = (count: number) => new Map(orders(count).map((id) => [id, 1]))

/** Every order has taken effect once, and nothing waits for a word any more. */
async function settled(count: number): Promise<void> {
  const isSaid = async (id: string) => (await bed.outboxRow(id)) === undefined
  await until(async () => (await bed.allEffects()).size === count, { what: `${count} effects`, timeoutMs: LONG_MS })
  await until(async () => (await Promise.all(orders(count).map(isSaid))).every(Boolean), {
    what: 'all words',
    timeoutMs: LONG_MS,
  })
  expect(await bed.allEffects()).toEqual(allOnce(count))
}

describe('a sender that looks after a queue', () => {
  it('waits for no grace time when a replica took over which has the mark, and may lack what was last', async () => {
    const redis = connectCommands(cluster.address, bed.health)
    await whenReady(redis)
    const stamps = createStamps(0)
    const lookout = new Lookout('inventory', redis, stamps)
    const owner = await cluster.ownerOf(QUEUE)
    const replica = await until(async () => (await cluster.replicasOf(owner))[0])
    await lookout.look(true)
    const pushed = stamps.next()
    expect((await lookout.look(true)).epochStamp).toBe(0)
    const mark = await redis.get(markKey('inventory'))
    await until(() => replica.client.call('CLUSTER', 'FAILOVER'))
    await until(async () => (await cluster.ownerOf(QUEUE)) === replica)

    const epoch = await until(async () => (await lookout.look(true)).epochStamp)
    expect(epoch).toBeGreaterThanOrEqual(pushed)
    expect(await redis.get(markKey('inventory'))).toBe(mark)
    redis.disconnect()
  })
})

describe('the protocol over a cluster', () => {
  it('loses nothing with a master whose replica was behind', async () => {
    await bed.startSender()
    const owner = await cluster.ownerOf(QUEUE)
    const replica = await until(async () => (await cluster.replicasOf(owner))[0])
    await owner.client.call('ACL', 'SETUSER', 'default', '-psync', '-sync')
    await owner.client.call('CLIENT', 'KILL', 'TYPE', 'replica')
    await until(async () => /connected_slaves:0/.test(await owner.client.info('replication')))
    await bed.place(...orders(30)) // nobody pops them
    await until(async () => (await owner.client.llen(QUEUE)) === 30)
    await until(() => owner.client.exists(`test:${markKey('inventory')}`)) // the sender has looked

    await owner.kill()
    await replica.client.call('CLUSTER', 'FAILOVER', 'TAKEOVER')
    await until(async () => (await cluster.ownerOf(QUEUE)) === replica)
    expect(await replica.client.llen(QUEUE)).toBe(0)
    await bed.startReceiver()
    await settled(30)
  })

  it('forgets nothing when all nodes do', async () => {
    await bed.startSender()
    await bed.place(...orders(20))
    await until(async () => (await bed.waiting()).length === 20)
    await Promise.all((await cluster.masters()).map(({ client }) => client.flushall()))
    await bed.startReceiver()
    await settled(20)
  })

  it('goes on through a failover that was asked for', async () => {
    await bed.startSender()
    await bed.startReceiver()
    await bed.place(...orders(20))
    const owner = await cluster.ownerOf(QUEUE)
    const replica = await until(async () => (await cluster.replicasOf(owner))[0])
    await replica.client.call('CLUSTER', 'FAILOVER')
    await bed.place(...orders(20, 20))
    await until(async () => (await cluster.ownerOf(QUEUE)) === replica)
    await bed.place(...orders(20, 40))
    await settled(60)
  })

  it('goes on while its slot moves from node to node', async () => {
    await bed.startSender()
    await bed.startReceiver()
    for (let i = 0; i < 5; i++) {
      await bed.place(...orders(20, 20 * i))
      await moveSlot(QUEUE, cluster)
    }
    await settled(100)
  })

  it('pops from its lanes while their slot is on its way', async () => {
    await bed.startSender()
    const [slot, from] = [slotOf(QUEUE), await cluster.ownerOf(QUEUE)]
    const to = (await cluster.masters()).find(({ id }) => id !== from.id) ?? from
    await to.client.cluster('SETSLOT', slot, 'IMPORTING', from.id)
    await from.client.cluster('SETSLOT', slot, 'MIGRATING', to.id)
    await bed.place(...orders(20))
    await bed.startReceiver()
    await until(async () => (await bed.allEffects()).size === 20)
    for (const { client } of [to, from]) await client.cluster('SETSLOT', slot, 'NODE', to.id)
    await settled(20)
  })
})
