import { describe, expect, it } from '@jest/globals'
import { openLive } from '../../services/live/db.ts'
import { pruneTopics } from '../../services/live/topics.ts'
import { line, stock, useLive } from '../live-rig.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const ROOM = 'room:01a20753-7f79-740f-a857-ba8f5bfbbd1d'
const SALE = ROOM.slice('room:'.length)
const redis = useRedis()
const live = useLive(redis, () => ({ SALE_URL: 'http://127.0.0.1:1' }))

const titles = (all: unknown[]) => all.map((one) => Object(one).title)
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)
const said = (all: unknown[]) => all.map((one) => Object(one).said)

describe('whoever watches topics', () => {
  it('goes on where they were, in each of them, by one id, though it was killed meanwhile', async () => {
    const before = await live.watch(['news', ROOM, 'stock'])
    await live.post('one')
    await live.hear(line(SALE, 1), stock('MUG-001', 7, 1))
    await until(() => before.events.length === 3)
    await live.shutDown()
    await live.post('two')
    await live.hear(line(SALE, 2), line(SALE, 3), stock('MUG-001', 6, 2))

    await live.boot()
    const after = await live.watch(['news', ROOM, 'stock'], { 'last-event-id': before.lastId })
    await until(() => after.of(ROOM).length >= 2 && after.of('news').length >= 1)
    await live.post('three')
    await until(() => after.of('news').length >= 2)

    expect(titles(after.data('news'))).toEqual(['two', 'three'])
    expect(said(after.data(ROOM))).toEqual([2, 3])
    await until(() => Object(after.data('stock').at(-1))[0].available === 6)
    expect(after.kinds()).not.toContain('reset')
  })

  it('is told the newest fifty where they come for the first time, and what came before they asked for the topic', async () => {
    await live.hear(...numbers(1, 60).map((n) => line(SALE, n)))
    await live.kept(60)
    const news = await live.watch(['news'])
    await live.post('one')
    await until(() => news.events.length === 1)

    const both = await live.watch(['news', ROOM], { 'last-event-id': news.lastId })
    await until(() => both.of(ROOM).length === 50)

    expect(said(both.data(ROOM))).toEqual(numbers(11, 60))
    expect(both.kinds()).not.toContain('news.posted')
  })

  it('may say for each topic where it goes on', async () => {
    const ear = await live.watch(['news', ROOM])
    await live.post('one')
    await until(() => ear.events.length === 1)
    const { lastId } = ear
    await live.hear(line(SALE, 1))
    await until(() => ear.events.length === 2)

    const again = await live.ask([
      { topic: 'news', after: ear.lastId },
      { topic: ROOM, after: lastId },
    ])

    await until(() => again.events.length === 1)
    expect(again.kinds()).toEqual(['room.said'])
  })

  it('is told that there is a gap where the id is of another database, or none, and begins anew', async () => {
    const old = await live.watch(['news'])
    await live.post('of before')
    await until(() => old.lastId !== '')
    await live.loseData()
    await live.post('of now')
    await live.kept(1)

    for (const id of [old.lastId, 'what is this']) {
      const ear = await live.watch(['news', 'stock'], { 'last-event-id': id })
      await until(() => ear.events.length === 2)
      expect(ear.events[0]).toEqual({ topic: 'news', kind: 'reset', data: { why: 'elsewhere' } })
      expect(titles(ear.data('news').slice(1))).toEqual(['of now'])
    }
  })

  it('is told that there is a gap where more has happened than is told again', async () => {
    const ear = await live.watch([ROOM])
    await live.hear(line(SALE, 1))
    await until(() => ear.lastId !== '')
    await live.shutDown()
    await live.hear(...numbers(2, 700).map((n) => line(SALE, n)))
    await live.boot()
    const whole = await live.watch([ROOM])
    await until(() => said(whole.data(ROOM)).at(-1) === 700)

    const back = await live.watch([ROOM], { 'last-event-id': ear.lastId })

    await until(() => said(back.data(ROOM)).at(-1) === 700)
    expect(back.events[0]).toMatchObject({ kind: 'reset', data: { why: 'too far back' } })
    expect(said(back.data(ROOM).slice(1))).toEqual(numbers(651, 700))
  })
})

describe('what is old', () => {
  it('goes after a month, and whoever stood before it is told that there is a gap', async () => {
    const db = await openLive(live.folder)
    const [ear, late] = [await live.watch(['news']), await live.watch(['news'])]
    await live.post('one')
    await until(() => ear.events.length === 1 && late.events.length === 1)
    late.hangUp()
    await live.post('two')
    await until(() => ear.events.length === 2)

    const inAMonth = Date.now() + 31 * 24 * 3_600_000
    expect(await db.write((tx) => pruneTopics(tx, inAMonth, 10))).toBe(2)
    await db.close()
    await live.post('three')

    const [back, stayed] = [late, ear].map(({ lastId }) => live.watch(['news'], { 'last-event-id': lastId }))
    const [gap, none] = [await back, await stayed]
    await until(() => gap?.events.length === 2 && none?.events.length === 1)
    expect(gap?.kinds()).toEqual(['reset', 'news.posted'])
    expect(titles(none?.data('news') ?? [])).toEqual(['three'])
  })
})

describe('how it is now', () => {
  it('is told of all skus or of one, the newest only, and nothing older replaces it', async () => {
    await live.hear(stock('MUG-001', 5, 2), stock('CAP-001', 1, 1), stock('MUG-001', 4, 4), stock('MUG-001', 9, 1))
    await live.kept(4)
    const all = await live.watch(['stock'])
    const one = await live.watch(['stock:CAP-001', 'price'])

    await live.hear(stock('MUG-001', 3, 3))
    await live.hear(stock('CAP-001', 0, 2))
    await until(() => one.events.length === 2 && all.events.length === 2)

    expect(all.data('stock')[0]).toHaveLength(2)
    expect(all.data('stock')[0]).toContainEqual({ sku: 'MUG-001', available: 4 })
    expect(all.data('stock')[1]).toEqual([{ sku: 'CAP-001', available: 0 }])
    expect(one.data('stock:CAP-001')).toEqual([[{ sku: 'CAP-001', available: 1 }], [{ sku: 'CAP-001', available: 0 }]])
    expect(one.lastId).toBe('')
  })

  it('is the later change though the clock of its sender was put back by an hour', async () => {
    const all = await live.watch(['stock'])
    await live.hear(stock('MUG-001', 5, 1))
    await until(() => all.events.length === 1)

    await live.hear(stock('MUG-001', 4, 2, Date.now() - 3_600_000))

    await until(() => all.events.length === 2, { what: 'the later change to be told' })
    expect(all.data('stock')[1]).toEqual([{ sku: 'MUG-001', available: 4 }])
  })
})
