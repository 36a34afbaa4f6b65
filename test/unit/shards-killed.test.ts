import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ProtocolBed } from '../protocol-bed.ts'
import { useRedis } from '../redis-server.ts'
import { Crew, Load, placedIn, settledShards } from '../shards-rig.ts'
import { until } from '../until.ts'

const redis = useRedis()
let bed: ProtocolBed
let crew: Crew
beforeEach(async () => {
  bed = await ProtocolBed.open(redis)
  crew = new Crew(bed)
})
afterEach(async () => {
  await crew.end()
  await bed.close()
})

const onceEach = (ids: string[]) => new Map(ids.map((id) => [id, 1]))
const orders = (count: number) => Array.from({ length: count }, (_, i) => `o${i}`)
const startSender = (inventory: number) => bed.startSender(undefined, { inventory })

describe('the number of shards of programs that are killed', () => {
  it('may be greater for an instance of the sender that is gone: another one looks after what it has left', async () => {
    const sender = await crew.start('sender', 1)
    await startSender(4)
    await bed.place(...orders(200))
    await bed.stopSender()
    await redis.client.flushall()
    await bed.startReceiver()

    expect(await settledShards(bed)).toEqual(onceEach(orders(200)))
    expect(sender.connected).toBe(true)
  })

  it('goes from 1 to 4 to 2 under load, at other times for sender and receiver, while both are killed', async () => {
    const load = new Load()
    const more = async (count: number) => {
      const before = (await bed.allEffects()).size
      await until(async () => (await bed.allEffects()).size >= before + count, { what: 'progress', timeoutMs: 60_000 })
    }
    const replaceSender = async (count: number) => {
      if (load.sender) await crew.kill(load.sender)
      load.sender = await crew.start('sender', count)
    }
    let [one, two] = [await crew.start('receiver', 1), await crew.start('receiver', 1)]
    await replaceSender(1)
    await more(200)
    await replaceSender(4) // its receivers know of one
    await more(200)
    await crew.kill(one)
    one = await crew.start('receiver', 4)
    await more(200)
    await crew.kill(two)
    two = await crew.start('receiver', 2) // before its senders
    await more(200)
    await crew.kill(one)
    await redis.client.flushall()
    await replaceSender(2)
    one = await crew.start('receiver', 1)
    await more(200)
    await crew.kill(two)
    await more(200)
    await load.stop()

    const effects = await settledShards(bed)
    const placed = await placedIn(bed)
    expect(effects).toEqual(onceEach(placed))
    expect(load.confirmed.filter((id) => !effects.has(id))).toEqual([])
    expect(load.confirmed.length).toBeGreaterThan(1_000)
  }, 180_000)
})
