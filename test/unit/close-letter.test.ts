import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Unfixable } from '../../shared/events.ts'
import { discard, forgetBodies, replayEdited } from '../../shared/protocol/close-letter.ts'
import { closedLetters, countLetters, insertLetters, openLetters, replay } from '../../shared/protocol/dead-letters.ts'
import { faultsIn } from '../../shared/protocol/faults-in.ts'
import type { Sql } from '../../shared/store/sql.ts'
import { ORDER, ProtocolBed } from '../protocol-bed.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const redis = useRedis()
let bed: ProtocolBed
beforeEach(async () => {
  bed = await ProtocolBed.open(redis)
})
afterEach(() => bed.close())

const WHY = { by: 'token', why: 'the sku was wrong' }
const bodyOf = (subject: string, data: object = ORDER) =>
  JSON.stringify({ name: 'order.placed', v: 2, subject, at: 1_790_000_000_000, data })
const firstLetter = async () => (await openLetters(bed.db.read, 1))[0]

/** A receiver that cannot handle `o1`, and the letter of it. */
async function giveUp() {
  await bed.startSender()
  const receiver = await bed.startReceiver({
    prepare: async ({ subject }) => {
      if (subject === 'o1') throw new Unfixable('there is no such shelf')
    },
  })
  await bed.place('o1')
  const letter = await until(firstLetter)
  const edit = (body: string, id = letter.id) => bed.db.write((tx) => replayEdited(tx, id, body, WHY, Date.now()))
  return { receiver, letter, edit }
}

describe('a dead letter that is edited', () => {
  it('takes effect once, as it was edited, though Redis forgets everything meanwhile', async () => {
    const { receiver, letter, edit } = await giveUp()

    const edited = await edit(bodyOf('o2'))
    receiver.producer.nudge('inventory')
    await bed.redis.client.flushall()

    expect(edited).toMatchObject({ kind: 'sent', queue: 'inventory', messageId: letter.replayId })
    await until(async () => (await bed.effects('o2')) === 1)
    expect([await bed.effects('o1'), await countLetters(bed.db.read)]).toEqual([0, 0])
  })

  it('stays on disk as it was, with what was sent in its place, by whom and why, and is not edited twice', async () => {
    const { letter, edit } = await giveUp()
    await edit(bodyOf('o2'))

    expect([await edit(bodyOf('o3')), await edit(bodyOf('o3'), 'nothing')]).toEqual([
      { kind: 'closed' },
      { kind: 'unknown' },
    ])
    expect(await closedLetters(bed.db.read, 9)).toMatchObject([
      {
        ...{ id: letter.id, body: letter.body, reason: 'there is no such shelf', editedBody: bodyOf('o2') },
        ...{ closedBy: 'token', closedWhy: 'the sku was wrong', replayedAt: expect.any(Number) },
      },
    ])
    expect(await bed.db.write((tx) => replay(tx, Date.now()))).toEqual([])
  })

  it('cannot be, where its receiver never spoke: it may have been handled, and only the same again takes effect once', async () => {
    const { letter, edit } = await giveUp()
    await bed.db.write((tx) => tx.deadLetter.update({ where: { id: letter.id }, data: { replayId: letter.id } }))

    expect(await edit(bodyOf('o2'))).toEqual({ kind: 'held' })
    expect(await countLetters(bed.db.read)).toBe(1)
  })
})

describe('a dead letter that is put away', () => {
  it('waits for nobody and is not sent again, and stays on disk with the reason', async () => {
    const { letter } = await giveUp()

    const put = () => bed.db.write((tx) => discard(tx, [letter.id, letter.id, 'nothing'], WHY, 1_000))

    expect(await put()).toHaveLength(1)
    expect(await put()).toEqual([])
    expect([await countLetters(bed.db.read), await bed.db.write((tx) => replay(tx, Date.now()))]).toEqual([0, []])
    expect(await closedLetters(bed.db.read, 9)).toMatchObject([
      { id: letter.id, discardedAt: 1_000, closedBy: 'token', closedWhy: 'the sku was wrong', replayedAt: null },
    ])
  })
})

it('a hundred dead letters are put away by one statement', async () => {
  const { letter } = await giveUp()
  const others = Array.from({ length: 99 }, (_, i) => ({ ...letter, id: `other-${i}` }))
  await bed.db.write((tx) => insertLetters(tx, others))
  let statements = 0
  const put = (tx: Sql) => {
    const counted = <T>(run: T): T => {
      statements++
      return run
    }
    const counting: Sql = {
      $queryRaw: (...statement) => counted(tx.$queryRaw(...statement)),
      $executeRaw: (...statement) => counted(tx.$executeRaw(...statement)),
    }
    return discard(
      counting,
      [letter, ...others].map(({ id }) => id),
      WHY,
      1_000,
    )
  }

  const away = await bed.db.write(put)
  expect([away.length, away.find(({ id }) => id === letter.id)]).toEqual([
    100,
    { ...letter, discardedAt: 1_000, closedBy: 'token', closedWhy: 'the sku was wrong' },
  ])
  expect([statements, await countLetters(bed.db.read)]).toEqual([1, 0])
})

describe('what a dead letter says', () => {
  it('is forgotten 30 days after somebody has dealt with it, and not before; that there was one is not', async () => {
    const { letter } = await giveUp()
    const [dealtAt, month] = [1_790_000_000_000, 30 * 24 * 3_600_000]
    const forget = (now: number) => bed.db.write((tx) => forgetBodies(tx, now, 10))
    expect(await forget(dealtAt + 99 * month)).toBe(0)
    await bed.db.write((tx) => discard(tx, [letter.id], WHY, dealtAt))

    expect([await forget(dealtAt + month), await forget(dealtAt + month + 1)]).toEqual([0, 1])

    expect(await closedLetters(bed.db.read, 9)).toMatchObject([
      { id: letter.id, body: '{}', closedWhy: 'the sku was wrong' },
    ])
  })
})

describe('an edited message', () => {
  const faults = (text: string) => faultsIn(text, 'inventory').map(({ field }) => field)

  it.each([
    ['not JSON', '{', ['']],
    ['no message', '{}', ['name', 'subject', 'at', 'data']],
    ['an event nobody knows', bodyOf('o1').replace('order.placed', 'order.eaten'), ['name']],
    ['an event of others', bodyOf('o1').replace('order.placed', 'mail.sent'), ['name']],
    ['of a version to come', bodyOf('o1').replace('"v":2', '"v":99'), ['v']],
    ['with a wrong field', bodyOf('o1', { ...ORDER, totalCents: 'much' }), ['data.totalCents']],
    [
      'with a wrong line',
      bodyOf('o1', { ...ORDER, lines: [{ sku: '' }] }).replace('"sku":""', '"sku":7'),
      [...['data.lines.0.sku', 'data.lines.0.quantity', 'data.lines.0.name', 'data.lines.0.unitPriceCents']],
    ],
    ['that is too long', `"${'x'.repeat(300_000)}"`, ['']],
  ])('that is %s is refused by its fields', (_what, text, fields) => {
    expect(faults(text)).toEqual(fields)
  })

  it('is taken in the newest version, in an older one, and with the subject as it was called before', () => {
    const { payBy: _, ...before } = ORDER
    const texts = [bodyOf('o1'), bodyOf('o1', before).replace('"v":2,', ''), bodyOf('o1').replace('subject', 'orderId')]
    expect(texts.flatMap(faults)).toEqual([])
  })
})
