import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import type { Client } from '../../services/inventory/db.ts'
import { Unfixable } from '../../shared/events.ts'
import { countLetters, openLetters, replay } from '../../shared/protocol/dead-letters.ts'
import { pruneInbox } from '../../shared/protocol/horizon.ts'
import { claim, INBOX_KEPT_MS } from '../../shared/protocol/inbox.ts'
import type { Pipeline } from '../../shared/protocol/pipeline.ts'
import { ORDER, ProtocolBed } from '../protocol-bed.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const redis = useRedis()
let bed: ProtocolBed
beforeEach(async () => {
  bed = await ProtocolBed.open(redis)
})
afterEach(() => bed.close())

const ENVELOPE = { stamp: 1, name: 'order.placed', subject: 'o1', at: Date.now(), attempt: 1 }
const LINES = Array.from({ length: 50 }, (_, i) => ({ ...ORDER.lines[0], sku: `S-${i}`, name: 'x'.repeat(500) }))
const letters = () => openLetters(bed.db.read, 10)
const replayAll = async (receiver: Pipeline<Client>) => {
  const replayed = await bed.db.write((tx) => replay(tx, Date.now()))
  for (const { queue } of replayed) receiver.producer.nudge(queue)
  return replayed
}

describe('a dead letter', () => {
  it('that is replayed takes effect once, even if Redis forgets everything meanwhile', async () => {
    let isBroken = true
    await bed.startSender()
    const receiver = await bed.startReceiver({
      apply: async () => {
        if (isBroken) throw new Unfixable('the shelf has fallen down')
      },
    })
    await bed.place('o1')
    const [letter] = await until(async () => (await letters()).length === 1 && letters())
    expect(letter).toMatchObject({ subject: 'o1', name: 'order.placed', reason: 'the shelf has fallen down' })
    expect(await bed.effects('o1')).toBe(0)
    isBroken = false

    expect(await replayAll(receiver)).toMatchObject([{ queue: 'inventory' }])
    await bed.redis.client.flushall()

    await until(async () => (await bed.effects('o1')) === 1)
    expect(await letters()).toEqual([])
    expect(await replayAll(receiver)).toEqual([])
  })

  it('can be replayed however old it is, and takes effect', async () => {
    let isBroken = true
    const receiver = await bed.startReceiver({
      prepare: async () => {
        if (isBroken) throw new Unfixable('not today')
      },
    })
    await bed.startSender()
    await bed.place('o1')
    await until(async () => (await letters()).length === 1)
    const [longAgo, yet] = [Date.now() - INBOX_KEPT_MS - 60_000, Date.now()]
    await bed.db.write((tx) => tx.deadLetter.updateMany({ data: { replayId: uuidv7({ msecs: longAgo }) } }))
    await bed.db.write((tx) => claim(tx, bed.db.read, [uuidv7({ msecs: longAgo })], 'done', longAgo))
    expect(await bed.db.write((tx) => pruneInbox(tx, yet, 10))).toBe(1)
    isBroken = false

    await replayAll(receiver)

    await until(async () => (await bed.effects('o1')) === 1)
  })

  it('whose body is not a message cannot be replayed, and stays', async () => {
    const receiver = await bed.startReceiver()
    await bed.pushRaw('garbage')
    await until(async () => (await letters()).length === 1)

    expect(await replayAll(receiver)).toEqual([])

    expect(await letters()).toMatchObject([{ body: 'garbage', reason: 'malformed JSON' }])
  })

  it('is written for each of thousands of elements that are no messages, before a message has waited for long', async () => {
    await bed.startSender()
    await bed.pushRaw(...Array.from({ length: 5_000 }, (_, i) => `garbage ${i}`))
    await bed.place('behind')
    await until(async () => (await bed.waiting()).length === 5_001)
    const commits: number[] = []
    bed.db.onCommit(() => void commits.push(1))

    await bed.startReceiver()

    await until(async () => (await bed.effects('behind')) === 1)
    expect(await countLetters(bed.db.read)).toBe(5_000)
    expect(commits.length).toBeLessThan(100)
  })

  it('of a long message is kept whole, and one that was cut stops no other', async () => {
    const receiver = await bed.startReceiver({
      prepare: async () => {
        throw new Unfixable('not today')
      },
    })
    const whole = JSON.stringify({ ...ENVELOPE, id: 'm-1', data: { ...ORDER, lines: LINES } })
    await bed.pushRaw(whole, whole.replace('m-1', 'm-2'))
    await until(async () => (await letters()).length === 2)
    expect((await letters()).map(({ body }) => body.length > 20_000)).toEqual([true, true])
    await bed.db.write((tx) => tx.deadLetter.update({ where: { id: 'm-2' }, data: { body: whole.slice(0, 16_384) } }))

    expect(await replayAll(receiver)).toMatchObject([{ queue: 'inventory' }])

    expect((await letters()).map(({ id }) => id)).toEqual(['m-2'])
  })

  it('keeps a reason that commands no terminal, whatever a forged message calls itself', async () => {
    await bed.startReceiver()
    const envelope = { id: 'm-1', orderId: 'o1', at: 1, stamp: 1, attempt: 1, data: {} }
    await bed.pushRaw(JSON.stringify({ ...envelope, name: '\u001b[2J\u009b31m\u202e' }))
    await until(async () => (await letters()).length === 1)

    const [letter] = await letters()
    expect(letter?.reason).toBe('unknown event: \\u001b[2J\\u009b31m\\u202e')
  })
})
