import { openInventory } from '../services/inventory/db.ts'
import { openPayment } from '../services/payment/db.ts'
import type { Shards } from '../shared/shards.ts'
import type { RedisAddress } from '../shared/store/redis.ts'
import { ProtocolBed } from './protocol-bed.ts'
import type { TestRedis } from './redis-server.ts'

/** One end of the protocol as a program of its own, so that it can be killed. */
export type Part = { role: 'sender' | 'receiver'; folder: string; address: RedisAddress; shards: Shards }

/** Orders that the sender is to place; it answers with the number when they are on disk. */
export type Wish = { number: number; orderIds: string[] }

const { role, folder, address, shards }: Part = JSON.parse(process.argv[2] ?? '')
const redis = { address } as TestRedis // of which a program knows no more
const bed = new ProtocolBed(redis, folder, await openInventory(folder), await openPayment(folder))
if (role === 'sender') await bed.startSender(undefined, shards)
else await bed.startReceiver({ shards })

process.on('message', async ({ number, orderIds }: Wish) => {
  await bed.place(...orderIds)
  process.send?.({ number })
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
