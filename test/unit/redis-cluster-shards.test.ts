import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { queueKey } from '../../shared/keys.ts'
import { shardsOf } from '../../shared/routes.ts'
import { ProtocolBed } from '../protocol-bed.ts'
import { asServer, useCluster } from '../redis-cluster.ts'
import { settledShards } from '../shards-rig.ts'
import { until } from '../until.ts'

const cluster = useCluster(3)
let bed: ProtocolBed
beforeEach(async () => {
  bed = await ProtocolBed.open(asServer(cluster))
})
afterEach(() => bed.close())

const keysOf = (count: number) => shardsOf('inventory', count).map((list) => `test:${queueKey(list)}`)
const orders = (from: number, count: number) => Array.from({ length: count }, (_, i) => `o${from + i}`)

it('a list of a cluster is split over its nodes, from 1 to 4 to 2, while a node that has a part of it is killed', async () => {
  const start = (inventory: number) => bed.startSender(undefined, { inventory })
  const one = await bed.startReceiver()
  await start(1)
  await bed.place(...orders(0, 100))
  await bed.stopSender()

  await start(4) // the receiver knows of one
  await bed.place(...orders(100, 100))
  const owners = await Promise.all(keysOf(4).map((key) => cluster.ownerOf(key)))
  expect(new Set(owners).size).toBeGreaterThan(1)
  const [, , , owner] = owners
  if (owner === undefined) throw new Error('nobody has the last shard')
  const replica = await until(async () => (await cluster.replicasOf(owner))[0])
  await bed.startReceiver({ shards: { inventory: 4 } })
  await owner.kill()
  await bed.place(...orders(200, 100))
  await replica.client.call('CLUSTER', 'FAILOVER', 'TAKEOVER')
  await bed.place(...orders(300, 100))
  await one.stop()
  await bed.stopSender()

  await bed.startReceiver({ shards: { inventory: 2 } })
  await start(2) // looks after what it has sent to four
  await bed.place(...orders(400, 100))

  expect(await settledShards(bed)).toEqual(new Map(orders(0, 500).map((id) => [id, 1])))
}, 120_000)
