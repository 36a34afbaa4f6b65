import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Beat, createAttendance } from '../../shared/protocol/workers.ts'
import { ProtocolBed } from '../protocol-bed.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const redis = useRedis()
let bed: ProtocolBed
beforeEach(async () => {
  bed = await ProtocolBed.open(redis)
})
afterEach(() => bed.close())

const isPaused = ({ worker }: Awaited<ReturnType<ProtocolBed['startReceiver']>>) =>
  worker.state().pausedAt !== undefined
const told = (line: string) => bed.told.filter(({ msg }) => msg === line)
const ORDERS = ['o1', 'o2', 'o3']

describe('a queue that the admin pauses', () => {
  it('is not popped, by any worker of the service, and goes on where it was', async () => {
    await bed.startSender()
    const workers = [await bed.startReceiver(), await bed.startReceiver()]
    const since = await workers[0]?.pause.set(true, 1_000)
    await until(() => workers.every(isPaused))

    await bed.place(...ORDERS)

    expect(since).toBe(1_000)
    await until(async () => (await bed.waiting()).length === 3)
    expect((await bed.allEffects()).size).toBe(0)
    expect(told('queue.paused')).toHaveLength(2)
    await workers[1]?.pause.set(false, 2_000)
    await until(async () => (await bed.allEffects()).size === 3)
    for (const order of ORDERS) expect(await bed.effects(order)).toBe(1)
    expect(told('queue.resumed')).not.toHaveLength(0)
  })

  it('is paused still when its worker is started again, and is no trouble', async () => {
    await bed.startSender()
    await (await bed.startReceiver()).pause.set(true, Date.now())

    const again = await bed.startReceiver()
    await bed.place('o1')
    await until(async () => (await bed.waiting()).length === 1)

    expect(isPaused(again)).toBe(true)
    expect(await bed.effects('o1')).toBe(0)
    expect(bed.health.troubles()).toEqual([])
  })

  it('has been paused since it was paused first', async () => {
    const { pause } = await bed.startReceiver()

    expect([await pause.set(true, 1_000), await pause.set(true, 2_000)]).toEqual([1_000, 1_000])
    expect([await pause.set(false, 3_000), pause.since()]).toEqual([null, null])
  })

  it('loses nothing when Redis forgets everything meanwhile', async () => {
    await bed.startSender()
    const receiver = await bed.startReceiver()
    await receiver.pause.set(true, Date.now())
    await bed.place('o1')
    await until(async () => (await bed.waiting()).length === 1)

    await bed.redis.client.flushall()
    await receiver.pause.set(false, Date.now())

    await until(async () => (await bed.effects('o1')) === 1, { timeoutMs: 20_000 })
  })

  it('makes no message old: nobody who is paused could answer', () => {
    const beat = { host: 'elsewhere', pid: 1, at: 1, startedAt: 1, incarnation: 0, url: null } as const
    const counts = { handled: 0, retried: 0, buried: 0, inFlight: 0 }
    const seen = (...beats: Partial<Beat>[]) =>
      createAttendance()(new Map(beats.map((one, i) => [`w${i}`, { ...beat, ...counts, ...one }])), 0).isAnswering

    expect([seen(), seen({ pausedAt: 1 }), seen({ pausedAt: 1 }, {}), seen({})]).toEqual([false, false, true, true])
  })
})
