import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import pino from 'pino'
import { Busy, Outage } from '../../shared/events.ts'
import { WayOut } from '../../shared/protocol/outside.ts'

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

type World = {
  way: WayOut
  /** Calls that were answered, and those that were refused or lost, since the beginning. */
  counts: { answered: number; troubled: number }
  set(rules: Rules): void
}
/** `alongside`: what a call takes while so many are under way; it may throw. */
type Rules = { alongside(underWay: number): Promise<void> }

const passes = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))
const CALL_MS = 50

/** Takes all, each call in the same time. */
const wide = { alongside: () => passes(CALL_MS) }
/** Works on so many at once: the others wait in it, and only take longer. */
const narrow = (capacity: number) => ({
  alongside: (underWay: number) => passes(CALL_MS * Math.max(1, underWay / capacity)),
})
/** Refuses what is more than it works on at once. */
const strict = (capacity: number) => ({
  alongside: async (underWay: number) => {
    if (underWay > capacity) throw new Busy('429', 100)
    await passes(CALL_MS)
  },
})
const lost = { alongside: () => passes(CALL_MS).then(() => Promise.reject(new Outage('lost'))) }
const away = {
  alongside: async () => {
    await passes(5)
    throw new Outage('refused')
  },
}

/** A world outside, and a way out to it before which calls always wait; what fails is asked again. */
function outside(first: Rules, limits: object = {}): World {
  const way = new WayOut(pino({ level: 'silent' }), limits)
  const counts = { answered: 0, troubled: 0 }
  let [rules, underWay] = [first, 0]
  const callForEver = async () => {
    for (;;)
      await way
        .call(async () => {
          underWay++
          await rules.alongside(underWay).finally(() => underWay--)
        })
        .then(
          () => counts.answered++,
          () => counts.troubled++,
        )
  }
  for (let i = 0; i < 200; i++) void callForEver()
  const set = (next: Rules) => {
    rules = next
  }
  return { way, counts, set }
}

/** How many are answered in a second, from now on, and how many may be under way at once on average. */
async function watch({ way, counts }: World, seconds: number) {
  const [answeredBefore, troubledBefore] = [counts.answered, counts.troubled]
  const atOnce: number[] = []
  for (let ms = 0; ms < seconds * 1_000; ms += 100) {
    await jest.advanceTimersByTimeAsync(100)
    atOnce.push(way.state().atOnce)
  }
  const mean = atOnce.reduce((sum, one) => sum + one, 0) / atOnce.length
  return { perS: (counts.answered - answeredBefore) / seconds, troubled: counts.troubled - troubledBefore, mean }
}

describe('how many calls are under way at once', () => {
  it('is all there may be, from the start and for good, where the world outside takes them', async () => {
    const shop = outside(wide)

    const { perS, mean } = await watch(shop, 10)

    expect(mean).toBe(64)
    expect(perS).toBeCloseTo(64 * (1_000 / CALL_MS), -1)
  })

  it('comes down to what is not refused, and stays about there', async () => {
    let refused = 0
    const counting = async (underWay: number) => {
      if (underWay > 10) refused++
      await strict(10).alongside(underWay)
    }
    const shop = outside({ alongside: counting })
    await watch(shop, 10)
    refused = 0

    const { perS, mean } = await watch(shop, 20)

    expect(mean).toBeGreaterThan(6)
    expect(mean).toBeLessThan(11)
    expect(perS).toBeGreaterThan(0.7 * 10 * (1_000 / CALL_MS))
    expect(refused).toBeLessThan(0.02 * perS * 20)
  })

  it('grows again only as far as more are answered in the same time', async () => {
    const shop = outside(away)
    await watch(shop, 5)
    expect(shop.way.state().atOnce).toBe(1)

    shop.set(narrow(12))
    await watch(shop, 30)
    const { perS, mean } = await watch(shop, 30)

    expect(mean).toBeGreaterThan(9)
    expect(mean).toBeLessThan(20)
    expect(perS).toBeGreaterThan(0.8 * 12 * (1_000 / CALL_MS))
  })

  it('is all of it again some seconds after an outage', async () => {
    const shop = outside(wide)
    shop.set(away)
    await watch(shop, 5)

    shop.set(wide)
    await watch(shop, 6)

    expect(shop.way.state().atOnce).toBe(64)
  })

  it('is less once, not once for each call, when all that are under way are lost together', async () => {
    const shop = outside(lost)

    await jest.advanceTimersByTimeAsync(CALL_MS)

    expect(shop.counts.troubled).toBe(64)
    expect(shop.way.state().atOnce).toBe(44)
  })

  it('is never less where it is fixed: one of many who are outside is away', async () => {
    const shop = outside(away, { atOnce: 8, isFixed: true })

    const { mean } = await watch(shop, 5)

    expect(mean).toBe(8)
  })

  it('does not grow where it is the pace that holds calls up', async () => {
    const shop = outside(away, { perSecond: 1_000 })
    await watch(shop, 2)
    shop.set(wide)
    shop.way.setPace(5)

    await watch(shop, 30)

    expect(shop.way.state().atOnce).toBeLessThanOrEqual(2)
  })
})
