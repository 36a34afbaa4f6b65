import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { openPayment } from '../../services/payment/db.ts'
import { queueKey } from '../../shared/keys.ts'
import { startProducer } from '../../shared/protocol/producer.ts'
import { createShopClock } from '../../shared/protocol/shop-clock.ts'
import { createStamps } from '../../shared/protocol/stamps.ts'
import { UNHELD_GRACE_MS } from '../../shared/protocol/verdict.ts'
import { connectCommands, whenReady } from '../../shared/store/redis.ts'
import { ORDER, ProtocolBed } from '../protocol-bed.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

describe('the shop’s time', () => {
  /** A Redis whose clock, and a host whose steady clock, say what they are told; questions take `ms` each way. */
  const rig = (ms: [number, number] = [5, 5]) => {
    const at = { steady: 1_000, redis: 5_000_000 }
    const pass = (by: number) => {
      at.steady += by
      at.redis += by
    }
    const time = async () => {
      pass(ms[0])
      const told = [Math.floor(at.redis / 1_000), (at.redis % 1_000) * 1_000]
      pass(ms[1])
      return told
    }
    return {
      at,
      pass,
      clock: createShopClock(
        { time } as never,
        () => at.steady,
        () => 7,
      ),
    }
  }

  it('is that of Redis, as well as can be told from how long it took to answer', async () => {
    const { at, clock } = rig([80, 20])
    expect(clock.now()).toBe(7)

    await clock.ask()

    expect(Math.abs(clock.now() - at.redis)).toBeLessThanOrEqual(50)
  })

  it('is not moved by an answer that may be late', async () => {
    const quick = rig([1, 1])
    await quick.clock.ask()
    const before = quick.clock.now() - quick.at.redis

    const asking = quick.clock.ask()
    quick.pass(1_000)
    await asking

    expect(quick.clock.now() - quick.at.redis).toBeCloseTo(before)
  })

  it('goes forward at once, and back a millisecond at a time', async () => {
    const { at, clock } = rig([0, 0])
    await clock.ask()
    at.redis += 600_000
    await clock.ask()
    expect(clock.now()).toBe(at.redis)

    at.redis -= 600_000 // another node tells now
    await clock.ask()
    await clock.ask()

    expect(clock.now() - at.redis).toBe(599_998)
  })
})

const redis = useRedis()
let bed: ProtocolBed
const after: (() => Promise<void>)[] = []
beforeEach(async () => {
  bed = await ProtocolBed.open(redis)
})
afterEach(async () => {
  await Promise.all(after.splice(0).map((end) => end()))
  await bed.close()
})

const SKEWS_MS = [10_000, -10_000, 600_000, -600_000]
const ORDERS = 200
const FEW_MORE = 1.05 * ORDERS

describe('two hosts whose clocks differ', () => {
  it('push each message once, however long it waits behind those of the other', async () => {
    const shops = await Promise.all(SKEWS_MS.map((skewMs) => pushIn(`by ${skewMs}`, skewMs)))

    for (const [i, { pushes, waiting }] of shops.entries()) {
      const most = Math.max(pushes, waiting)
      expect([SKEWS_MS[i], most, most <= FEW_MORE]).toEqual([SKEWS_MS[i], most, true])
    }
  })

  it('push again and again what waits behind the messages of the other, by their own clocks: the control', async () => {
    expect((await pushIn('by host', 600_000, true)).pushes).toBeGreaterThan(FEW_MORE)
  })
})

/** Two hosts in a corner of Redis, so that several such shops wait together. */
async function pushIn(corner: string, skewMs: number, isByHost = false) {
  const skewed = () => Date.now() + skewMs
  const one = await startSender({ corner, isByHost, hostClock: Date.now, service: 'order' })
  const other = await startSender({ corner, isByHost, hostClock: skewed, service: 'sale' })
  return pushAndWait(one, other, () => bed.redis.client.llen(`${corner}:${queueKey('inventory')}`))
}

type Sender = Awaited<ReturnType<typeof startSender>>

/**
 * Both push by turns, and nobody pops for longer than what is missing is waited for. Returns how often was pushed, and how much
 * stands there now.
 */
async function pushAndWait(one: Sender, other: Sender, count: () => Promise<number>) {
  for (let i = 0; i < ORDERS; i += 20) {
    await other.place(i, i + 10)
    await until(async () => (await count()) > i) // its own are the oldest
    await one.place(i + 10, i + 20)
  }
  await until(async () => (await count()) >= ORDERS)
  await delay(UNHELD_GRACE_MS + 3_000)
  return { pushes: ORDERS + one.repushed() + other.repushed(), waiting: await count() }
}

type Host = { corner: string; hostClock(): number; isByHost: boolean; service: 'order' | 'sale' }

/** A service on a host with this clock, which it asks only while Redis has told it nothing, or for all stamps. */
async function startSender({ corner, hostClock, isByHost, service }: Host) {
  const address = { ...redis.address, prefix: `${redis.address.prefix}${corner}:` }
  const folder = mkdtempSync(join(tmpdir(), 'orderline-clocks-'))
  const db = await openPayment(folder)
  const commands = connectCommands(address, bed.health)
  await whenReady(commands)
  const clock = createShopClock(commands, undefined, hostClock)
  const keeping = clock.keep(bed.health)
  await clock.ask()
  const heedless = { ...createStamps(0, hostClock), see: () => {} }
  const stamps = isByHost ? heedless : createStamps(0, clock.now, clock.heed)
  const sender = await startProducer({
    ...{ service, address, redis: commands, db, stamps, health: bed.health },
    isReader: () => false,
  })
  after.push(async () => {
    await Promise.all([sender.stop(), keeping.stop()])
    commands.disconnect()
    await db.close()
    rmSync(folder, { recursive: true })
  })
  return {
    repushed: sender.repushed,
    place: (from: number, to: number) =>
      sender.publish(async (_tx, emit) => {
        for (let i = from; i < to; i++) emit(aboutOne(service, `o${i}`))
      }),
  }
}

/** Both go to the same list. */
const aboutOne = (service: 'order' | 'sale', subject: string) =>
  service === 'order'
    ? ({ name: 'order.placed', subject, data: ORDER } as const)
    : ({ name: 'sale.spared', subject, data: SPARED } as const)
const SPARED = { units: 1 } as never // nobody reads it here
