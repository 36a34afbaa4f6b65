import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import pino from 'pino'
import { connectStripe } from '../../services/payment/stripe.ts'
import { Busy, type Message } from '../../shared/events.ts'
import type { Outside } from '../../shared/handler.ts'
import { openLetters } from '../../shared/protocol/dead-letters.ts'
import { createPace } from '../../shared/protocol/pace.ts'
import { allWorkers } from '../../shared/protocol/workers.ts'
import { start } from '../../simulators/payment-gateway/main.ts'
import type { Running } from '../../simulators/run.ts'
import { ORDER, ProtocolBed } from '../protocol-bed.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const redis = useRedis()
let bed: ProtocolBed
beforeEach(async () => {
  bed = await ProtocolBed.open(redis)
})
afterEach(() => bed.close())

const told = (msg: string) => bed.told.filter((line) => line.msg === msg)

describe('a pace', () => {
  /** When calls go out that all wait from the start, and are let go every so many ms. */
  function goneAt(perSecond: number, everyMs: number, workers = 1, forMs = 10_000): number[] {
    const pace = createPace(perSecond)
    pace.share(workers)
    const gone: number[] = []
    for (let now = 1_000; now < 1_000 + forMs; now += everyMs) while (pace.take(now) === 0) gone.push(now - 1_000)
    return gone
  }

  it.each([
    [50, 1, 1, 500],
    [50, 90, 1, 500], // a busy machine: what went out late leaves its time to the next
    [100, 7, 4, 250],
    [0.5, 1, 1, 5],
  ])('of %d a second, looked at every %d ms, is kept by %d workers', (perSecond, everyMs, workers, count) => {
    const gone = goneAt(perSecond, everyMs, workers)

    expect(gone.filter((at) => at < everyMs)).toHaveLength(1)
    expect(Math.abs(gone.length - count)).toBeLessThanOrEqual(0.03 * count + 2)
  })

  it('saves nothing up while there is nothing to do', () => {
    const pace = createPace(10)
    const burst = (now: number) => [0, 0, 0].map(() => pace.take(now))

    expect(burst(1_000)).toEqual([0, expect.closeTo(103.1, 1), expect.closeTo(103.1, 1)])
    expect(burst(1_250)).toEqual([0, 0, expect.any(Number)])
    pace.rest()
    expect(burst(9_000)).toEqual([0, expect.closeTo(103.1, 1), expect.closeTo(103.1, 1)])
  })

  it('holds up nothing where there is none', () => {
    const pace = createPace()

    expect([...Array(1_000)].map(() => pace.take(1)).every((waitMs) => waitMs === 0)).toBe(true)
  })
})

describe('a gateway that takes so many calls a second', () => {
  const PER_SECOND = 20
  const MANY = 10 * PER_SECOND
  const [charged, refused]: [number[], number[]] = [[], []] // when
  let folder: string
  let simulator: Running
  let gateway: ReturnType<typeof connectStripe>
  const offer = { ...ORDER, tender: 1, at: Date.now() }
  beforeEach(async () => {
    refused.length = 0
    folder = mkdtempSync(join(tmpdir(), 'orderline-pace-'))
    const note = (line: string) => {
      if (line.includes('"card.charged"')) charged.push(performance.now())
      if (line.includes('"request.refused"')) refused.push(performance.now())
    }
    const log = pino({ level: 'info' }, { write: note })
    simulator = await start({ port: 0, host: '127.0.0.1', ledgerPath: join(folder, 'ledger.jsonl'), log })
    const where = { STRIPE_SECRET_KEY: 'sk_test_x', STRIPE_API_BASE: simulator.url, SHOP_URL: 'http://localhost:3000' }
    gateway = connectStripe(where, log)
    const warmUp = Array.from({ length: PER_SECOND }, (_, i) => gateway.charge({ ...offer, orderId: `warm-up-${i}` }))
    await Promise.all(warmUp) // a first call is much slower than those after it, which then all seem to come at once
    await turn({ perSecond: PER_SECOND })
    charged.length = 0
    await bed.startSender()
  })
  afterEach(async () => {
    await simulator.close()
    rmSync(folder, { recursive: true })
  })

  const turn = (switches: object) =>
    fetch(`${simulator.url}/_switches`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(switches),
    })
  const charge = ({ subject: orderId }: Message<'order.placed'>, outside: Outside) =>
    outside(() => gateway.charge({ ...offer, orderId }))
  const place = (count: number) => bed.place(...Array.from({ length: count }, (_, i) => `o${i}`))
  /** From the first call to the last, as the gateway saw them. */
  const expectPace = () => {
    const [first = 0, last = 0] = [charged[0], charged.at(-1)]
    const perSecond = ((charged.length - 1) * 1_000) / (last - first)
    expect(perSecond / PER_SECOND).toBeGreaterThan(0.85)
    expect(perSecond / PER_SECOND).toBeLessThan(1.15)
    expect(refused.filter((at) => at > first + 1_000)).toEqual([])
  }
  /** All beat, and each has looked at the others’ beats since. */
  const knowEachOther = async (count: number) => {
    const beats = async () => [...(await allWorkers(bed.redis.client, 'inventory')).values()].map(({ at }) => at)
    await until(async () => (await beats()).length === count)
    const at = Date.now()
    await until(async () => (await beats()).every((beat) => beat > at + 1_000))
  }
  const isDone = async (count: number) => (await bed.allEffects()).size === count
  const isSettled = async () => (await bed.senderDb.read.outbox.count({ where: { queue: 'inventory' } })) === 0
  const expectOnce = async () => {
    await until(isSettled)
    expect(new Set((await bed.allEffects()).values())).toEqual(new Set([1]))
    expect([told('outbox.repushed'), told('retrying')]).toEqual([[], []])
  }

  it('is asked as fast as it takes them, and no faster', async () => {
    const worker = await bed.startReceiver({ prepare: charge, limits: { perSecond: PER_SECOND } })
    let most = 0

    await place(MANY)
    await until(
      () => {
        most = Math.max(most, worker.worker.state().inFlight)
        return isDone(MANY)
      },
      { timeoutMs: 30_000 },
    )

    expectPace()
    expect(most).toBeLessThanOrEqual(5 * PER_SECOND) // what it can do in five seconds
    await expectOnce()
  })

  it('is shared by two workers, neither of which takes more than its half', async () => {
    const counts = [0, 0]
    await Promise.all(
      counts.map((_, n) =>
        bed.startReceiver({
          prepare: (message, outside) => {
            counts[n] = (counts[n] ?? 0) + 1
            return charge(message, outside)
          },
          limits: { perSecond: PER_SECOND },
        }),
      ),
    )
    await knowEachOther(2)

    await place(MANY)
    await until(() => isDone(MANY), { timeoutMs: 30_000 })

    expectPace()
    expect(Math.min(...counts)).toBeGreaterThan(MANY / 2.5)
    await expectOnce()
  })

  it('and says so by 429 is left alone until then: it costs no attempt, and is told once', async () => {
    const attempts = new Set<number>()
    await turn({ perSecond: 10 })
    await bed.startReceiver({
      prepare: (message, outside) => {
        attempts.add(message.attempt)
        return charge(message, outside)
      },
    })

    await place(40) // at any pace

    await until(() => isDone(40), { timeoutMs: 30_000 })
    expect(refused.length).toBeGreaterThan(0)
    expect(attempts).toEqual(new Set([1]))
    expect(told('outside.closed')[0]).toMatchObject({ ms: 1_000, reason: 'the payment gateway asks us to wait' })
    expect(told('outside.opened').length).toBe(told('outside.closed').length)
    expect(told('outside.closed').length).toBeLessThanOrEqual(5)
    await expectOnce()
  })
})

describe('a world outside that is busy for long', () => {
  it('has its messages back in the list meanwhile, as often tried as before, and none is popped', async () => {
    await bed.startSender()
    const tries: number[] = []
    let isBusy = true
    const receiver = await bed.startReceiver({
      prepare: ({ attempt }, outside) =>
        outside(async () => {
          tries.push(attempt)
          if (isBusy) throw new Busy('closed for stock-taking', 16_000)
        }),
    })

    await bed.place('o1')
    await until(() => receiver.worker.state().retried === 1)
    await bed.place('o2')
    isBusy = false
    await until(async () => (await bed.effects('o1')) === 1 && (await bed.effects('o2')) === 1, { timeoutMs: 30_000 })

    expect(tries).toEqual([1, 1, 1])
    expect(await openLetters(bed.db.read, 1)).toEqual([])
    expect([told('outside.closed').length, told('outside.opened').length, told('retrying').length]).toEqual([1, 1, 0])
    await until(async () => (await bed.outboxRow('o1')) === undefined)
    expect(told('outbox.repushed')).toEqual([])
  })
})
