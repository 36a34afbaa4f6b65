import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import { versionOf } from '../../shared/event-versions.ts'
import { queueKey } from '../../shared/keys.ts'
import { writeEnvelope } from '../../shared/protocol/envelope.ts'
import type { Queue } from '../../shared/routes.ts'
import { ORDER, ProtocolBed } from '../protocol-bed.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const BULK = 50_000
const CALL_MS = 20 // that the world outside takes for each message

const redis = useRedis()
let bed: ProtocolBed
beforeEach(async () => {
  bed = await ProtocolBed.open(redis)
})
afterEach(() => bed.close())

describe('a list with lanes', () => {
  it(`lets what is urgent go before ${BULK} messages that have time`, async () => {
    await putInto('inventory:bulk', BULK)
    await startSlowReceiver()
    await until(async () => (await bed.allEffects()).size > 0, { what: 'work on what has time' })

    await putInto('inventory:urgent', 1, 'urgent')
    await until(async () => (await bed.effects('urgent-0')) === 1, { what: 'the urgent one' })

    expect(await waitingIn('inventory:bulk')).toBeGreaterThan(0.9 * BULK) // a minute's work, to which it did not belong
  })

  it('lets an order go before what has time, and what is urgent before an order', async () => {
    for (const lane of ['bulk', 'normal', 'urgent'] as const)
      await putInto(lane === 'normal' ? 'inventory' : `inventory:${lane}`, 20, lane)
    const order: string[] = []
    await bed.startReceiver({ prepare: async ({ subject }) => void order.push(subject.split('-')[0] ?? '') })

    await until(async () => (await bed.allEffects()).size === 60, { what: 'all of them' })

    expect([...new Set(order)]).toEqual(['urgent', 'normal', 'bulk'])
  })

  it('does not leave what has time where it is for as long as something else comes', async () => {
    await putInto('inventory:bulk', 100, 'bulk')
    const pouring = pour('inventory')
    await startSlowReceiver()
    try {
      await until(async () => (await bed.effects('bulk-0')) === 1, { what: 'the first that has time' })
      expect(await waitingIn('inventory')).toBeGreaterThan(0)
    } finally {
      await pouring.stop()
    }
  })
})

/** A receiver that calls the world outside for each message, 64 at once. */
const startSlowReceiver = () => bed.startReceiver({ prepare: (_message, outside) => outside(() => delay(CALL_MS)) })

const waitingIn = (queue: Queue) => redis.client.llen(queueKey(queue))

/** As a sender would push them. */
async function putInto(queue: Queue, count: number, name = 'order'): Promise<void> {
  const data = JSON.stringify(ORDER)
  const about = { name: 'order.placed', v: versionOf('order.placed'), attempt: 1 }
  const elements = Array.from({ length: count }, (_, i) =>
    writeEnvelope({ ...about, id: uuidv7(), subject: `${name}-${i}`, stamp: Date.now(), at: Date.now() }, data),
  )
  for (let i = 0; i < count; i += 5_000) await redis.client.lpush(queueKey(queue), ...elements.slice(i, i + 5_000))
}

/** Sees to it that a list is never empty, until it is told to stop. */
function pour(queue: Queue): { stop(): Promise<void> } {
  let isStopped = false
  const run = async () => {
    for (let i = 0; !isStopped && i < 1_000; i++) {
      if ((await waitingIn(queue)) < 5_000) await putInto(queue, 5_000, `poured-${i}`)
      await delay(5)
    }
  }
  const running = run()
  return {
    stop: async () => {
      isStopped = true
      await running
    },
  }
}
