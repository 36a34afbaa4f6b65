import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { queueKey } from '../../shared/keys.ts'
import { ProtocolBed } from '../protocol-bed.ts'
import { asServer, startSentinel, type TestSentinel } from '../redis-sentinel.ts'
import { until } from '../until.ts'

let redis: TestSentinel
let bed: ProtocolBed
beforeEach(async () => {
  redis = await startSentinel()
  bed = await ProtocolBed.open(asServer(redis))
})
afterEach(async () => {
  await bed.close()
  await redis.stop()
})

const LONG_MS = 45_000 // longer than a worker may hold a message without a word
const QUEUE = `test:${queueKey('inventory')}`
const orders = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `o${from + i}`)

/** Every order has taken effect once, and nothing waits for a word any more. */
async function settled(count: number): Promise<void> {
  const isSaid = async (id: string) => (await bed.outboxRow(id)) === undefined
  await until(async () => (await bed.allEffects()).size === count, { what: `${count} effects`, timeoutMs: LONG_MS })
  await until(async () => (await Promise.all(orders(count).map(isSaid))).every(Boolean), {
    what: 'all words',
    timeoutMs: LONG_MS,
  })
  expect(await bed.allEffects()).toEqual(new Map(orders(count).map((id) => [id, 1])))
}

describe('the protocol over a master that Sentinels know', () => {
  it('loses nothing with a master whose replica was behind', async () => {
    await bed.startSender()
    await redis.master.client.call('ACL', 'SETUSER', 'default', '-psync', '-sync')
    await redis.master.client.call('CLIENT', 'KILL', 'TYPE', 'replica')
    await bed.place(...orders(30)) // nobody pops them
    await until(async () => (await redis.master.client.llen(QUEUE)) === 30)

    await redis.master.process.end('SIGKILL')
    await redis.whenPromoted()
    expect(await redis.replica.client.llen(QUEUE)).toBe(0)
    await bed.startReceiver()
    await settled(30)
  })

  it('goes on through a failover that was asked for', async () => {
    await bed.startSender()
    await bed.startReceiver()
    await bed.place(...orders(20))
    await redis.sentinel.client.call('SENTINEL', 'FAILOVER', 'shop')
    await bed.place(...orders(20, 20))
    await redis.whenPromoted()
    await bed.place(...orders(20, 40))
    await settled(60)
    expect(bed.health.troubles()).toEqual([])
  })

  it('leaves a master that hangs when another one has taken over', async () => {
    await bed.startSender()
    await bed.startReceiver()
    await bed.place(...orders(20))
    await settled(20)
    process.kill(redis.master.process.pid, 'SIGSTOP')
    await bed.place(...orders(20, 20))
    await redis.whenPromoted()
    await bed.place(...orders(20, 40))
    await settled(60)
  })
})
