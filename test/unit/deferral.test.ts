import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Deferral } from '../../shared/events.ts'
import { openLetters } from '../../shared/protocol/dead-letters.ts'
import { ProtocolBed } from '../protocol-bed.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const redis = useRedis()
let bed: ProtocolBed
beforeEach(async () => {
  bed = await ProtocolBed.open(redis)
  await bed.startSender()
})
afterEach(() => bed.close())

const toldOf = (orderId: string) => bed.told.filter((line) => line.subject === orderId).map(({ msg }) => msg)

describe('a message that is put off', () => {
  it('holds up no other, and is told once however often it is tried', async () => {
    let tries = 0
    await bed.startReceiver({
      prepare: async ({ subject: orderId }) => {
        if (orderId === 'full' && ++tries < 6) throw new Deferral('full', { firstMs: 20, maxMs: 60, giveUpMs: 60_000 })
      },
    })

    await bed.place('full', 'fresh')
    await until(async () => (await bed.effects('fresh')) === 1)
    await until(async () => (await bed.effects('full')) === 1)

    await until(async () => (await bed.outboxRow('full')) === undefined)
    expect([tries, toldOf('full')]).toEqual([6, ['deferred', 'handled']])
  })

  it('comes again the later the more there are, so that a flood of them leaves room for fresh ones', async () => {
    await bed.startReceiver({
      prepare: async () => {
        throw new Deferral('of nobody', { firstMs: 1, maxMs: 1, giveUpMs: 60_000 })
      },
    })
    const flood = Array.from({ length: 200 }, (_, i) => `o${i}`)

    await bed.place(...flood)
    await until(() => flood.every((subject) => toldOf(subject).includes('deferred')))

    const delays = bed.told.filter(({ msg }) => msg === 'deferred').map(({ delayMs }) => Number(delayMs))
    expect(Math.max(...delays)).toBeGreaterThanOrEqual(500)
    expect(Math.min(...delays)).toBeLessThan(50)
  })

  it('is a dead letter with the reason when its time is over, and its sender need not answer for it any more', async () => {
    await bed.startReceiver({
      prepare: async () => {
        throw new Deferral('452 mailbox full', { firstMs: 10, maxMs: 40, giveUpMs: 300 })
      },
    })

    await bed.place('full')

    const [letter] = await until(
      async () => (await openLetters(bed.db.read, 1)).length === 1 && openLetters(bed.db.read, 1),
    )
    expect(letter).toMatchObject({ subject: 'full', reason: expect.stringContaining('452 mailbox full') })
    await until(async () => (await bed.outboxRow('full')) === undefined)
    expect(toldOf('full')).toEqual(['deferred', 'message.dead'])
  })
})
