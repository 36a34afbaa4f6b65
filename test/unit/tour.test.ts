import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Stepping } from '../../services/control/demo/ask-launcher.ts'
import type { Seen } from '../../services/control/tour/seen.ts'
import { oweMending } from '../../services/control/tour/station-doors.ts'
import { createTour, type Tour } from '../../services/control/tour/tour.ts'
import { createLogger } from '../../shared/logger.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const AWAY_MS = 150
const redis = useRedis()
let tour: Tour
let goes: Stepping[]
beforeEach(() => {
  goes = []
  const demo = { steps: async (how: Stepping) => void goes.push(how) }
  tour = createTour({ demo, redis: redis.client, log: createLogger('control', 'silent'), awayMs: AWAY_MS })
})
afterEach(() => tour.stop())

/** A page of the tour, and what it was told. */
function page(name: string, wish = { commands: false, slowMs: 0 }) {
  const seen: Seen[] = []
  const pass = (event: Buffer) => void seen.push(JSON.parse(event.toString().slice('data: '.length)))
  const leave = tour.join(name, { pass, end: () => {} }, wish)
  return { seen, leave, commands: () => seen.flatMap(({ commands }) => commands) }
}

/** Something that a page has broken, and whether it is mended. */
function broken(by: string, what: string) {
  const thing = { isMended: false }
  tour.debts.owe(by, what, async () => {
    thing.isMended = true
  })
  return thing
}

const gone = (name: string) => until(() => !tour.isThere(name), { what: `${name} to have gone` })

describe('a page of the tour', () => {
  it('has what it broke mended when it has gone, and the shop go as before', async () => {
    const only = page('the only one')
    await tour.slowDown('the only one', 300)
    const payment = broken('the only one', 'payment')
    expect(goes.at(-1)).toEqual({ isTold: true, slowMs: 300 })

    only.leave()

    await until(() => payment.isMended, { what: 'payment to be mended' })
    expect(goes.at(-1)).toEqual({ isTold: false, slowMs: 0 })
  })

  it('keeps what it broke while its connection is only cut', async () => {
    const before = page('the same')
    const payment = broken('the same', 'payment')
    before.leave()
    const after = page('the same')

    await new Promise((resolve) => setTimeout(resolve, 2 * AWAY_MS)) // longer than it might be away

    expect([tour.isThere('the same'), payment.isMended]).toEqual([true, false])
    after.leave()
    await until(() => payment.isMended, { what: 'payment to be mended' })
  })

  it('takes its own back when it asks for it', async () => {
    page('one')
    const [own, others] = [broken('one', 'payment'), broken('another', 'inventory')]
    await tour.slowDown('one', 300)

    await tour.restore('one')

    expect([own.isMended, others.isMended]).toEqual([true, false])
    expect(goes.at(-1)).toEqual({ isTold: true, slowMs: 0 })
  })

  it('says again how slowly the shop is to go where control has been killed', () => {
    page('from before', { commands: false, slowMs: 300 })

    expect(goes.at(-1)).toEqual({ isTold: true, slowMs: 300 })
  })
})

describe('of two pages at once', () => {
  it('the one that goes takes nothing of the other along', async () => {
    const [one] = [page('one'), page('two')]
    await tour.slowDown('one', 1_000)
    await tour.slowDown('two', 300)
    const own = broken('one', 'inventory')
    const shared = [broken('one', 'payment'), broken('two', 'payment')]

    one.leave()
    await gone('one')

    await until(() => own.isMended, { what: 'its own to be mended' })
    expect(shared.map(({ isMended }) => isMended)).toEqual([false, false])
    expect(goes.at(-1)).toEqual({ isTold: true, slowMs: 300 })
  })

  it('the one that comes after the other has gone keeps what it began at the same station', async () => {
    const mended: boolean[] = []
    const owe = (name: string) => oweMending(name, 'sale', async (isGone) => mended.push(isGone), tour, AWAY_MS)
    const first = page('first')
    owe('first')
    first.leave()
    await until(() => mended.length === 1, { what: 'what the first broke to be mended' })

    const second = page('second')
    owe('second')
    await delay(3 * AWAY_MS)
    expect(mended).toEqual([false])
    second.leave()

    await until(() => mended.includes(true), { what: 'all that was begun to be ended' })
    expect(mended).toEqual([false, false, true])
  })

  it('both are told how slowly the shop goes, whoever wished it', async () => {
    const [, two] = [page('one'), page('two')]

    await tour.slowDown('one', 1_000)

    expect(two.seen.at(-1)?.slowMs).toBe(1_000)
  })
})

describe('the commands that Redis gets', () => {
  it('are told to who wants them, without beats, and by no more than their names of the shop', async () => {
    const [quiet, curious] = [page('quiet'), page('curious', { commands: true, slowMs: 0 })]
    const push = async () => {
      await redis.client.hset('orderline:{payment}:workers', 'w', 'beat')
      await redis.client.hset('sessions:of-another-application', 'ada', 'secret')
      await redis.client.lpush('orderline:{payment}:queue', '{"id":"a"}')
      return curious.commands().some(({ name }) => name === 'LPUSH')
    }

    await until(push, { what: 'a push to be told' })

    expect(curious.commands().filter(({ name }) => name === 'HSET')).toEqual([])
    const [command] = curious.commands().filter(({ name }) => name === 'LPUSH')
    expect(command).toMatchObject({ service: 'payment', args: ['orderline:{payment}:queue', '{"id":"a"}'] })
    expect(curious.commands().filter(({ name }) => name === 'HSET')).toEqual([])
    expect(quiet.commands().length).toBe(curious.commands().length) // one ear for all
  })
})
