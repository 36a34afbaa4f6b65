import { describe, expect, it } from '@jest/globals'
import { findLines, type Limits, type Wanted } from '../../services/logs/find-lines.ts'
import { type Filter, linesBefore, newsBetween } from '../../services/logs/news.ts'
import { type Said, useLogBed } from '../log-bed.ts'

const AT = Date.UTC(2026, 10, 27, 12)
const FOREVER = Number.MAX_SAFE_INTEGER
const ID = '01a20753-7f79-740f-a857-ba8f5bfbbd1d'
const NUMBER = 'OL-1000412'

const bed = useLogBed()
const said = (service: string, msg: string, more: object = {}): Said => ({ service, msg, time: AT, ...more })
const noise = (count: number) => Array.from({ length: count }, (_, i) => said('live', 'topic.kept', { i }))

const find = async (wanted: Partial<Wanted>, limits: Partial<Limits> = {}) => {
  const all = { subject: null, words: [], service: null, level: 0, since: 0, until: FOREVER }
  return findLines(bed.read, { ...all, ...wanted }, { before: FOREVER, limit: 100, budgetMs: 10_000, ...limits })
}
const words = ({ lines }: Awaited<ReturnType<typeof find>>) => lines.map(({ msg }) => msg)

describe('the story of an order', () => {
  it.each([
    ['id', ID],
    ['number', NUMBER],
    ['number, as people type it', NUMBER.toLowerCase()],
  ])('is found by its %s, also in lines that have only the other name', async (_what, subject) => {
    await bed.tell(said('order', 'order.placed', { subject: ID, order: NUMBER }), ...noise(50))
    await bed.tell(said('inventory', 'stock.reserved', { subject: ID }), ...noise(50))
    await bed.tell(said('mailbox', 'mail.received', { order: NUMBER, subject: `Your order ${NUMBER}` }))
    await bed.tell(said('order', 'order.placed', { subject: 'another', order: 'OL-1000413' }))

    const found = await find({ subject })

    expect(words(found)).toEqual(['mail.received', 'stock.reserved', 'order.placed'])
    expect(found.upTo).toBeNull()
  })

  it('comes page by page, narrowed to a service or a level', async () => {
    const steps = Array.from({ length: 1_200 }, (_, i) =>
      said(i % 2 ? 'order' : 'payment', `step.${i}`, { subject: ID }),
    )
    await bed.tell(...steps, said('payment', 'last', { subject: ID, level: 50 }))

    const first = await find({ subject: ID, service: 'order' }, { limit: 400 })
    const second = await find({ subject: ID, service: 'order' }, { limit: 400, before: first.upTo ?? 0 })

    expect([...words(first), ...words(second)]).toEqual(
      steps
        .filter(({ service }) => service === 'order')
        .map(({ msg }) => msg)
        .reverse(),
    )
    expect(second.upTo).toBeNull()
    expect(words(await find({ subject: ID, level: 50 }))).toEqual(['last'])
  })
})

describe('a search for words', () => {
  it('finds lines that have all of them, the newest first, whatever their capitals', async () => {
    await bed.tell(said('payment', 'gateway.refused', { code: 'DoNotHonor_100%' }), said('payment', 'gateway.told'))
    await bed.tell(...noise(3_000), said('order', 'straße', { name: 'ÉCLAIR' }))

    expect(words(await find({ words: ['gateway', 'donothonor'] }))).toEqual(['gateway.refused'])
    expect(words(await find({ words: ['honor_100%'] }))).toEqual(['gateway.refused'])
    expect(words(await find({ words: ['honor_1_0%'] }))).toEqual([])
    expect(words(await find({ words: ['éclair'] }))).toEqual(['straße'])
    expect(words(await find({ words: ['gateway'] }))).toEqual(['gateway.told', 'gateway.refused'])
  })

  it('ends when its time is up, says how far it has looked, and goes on from there', async () => {
    await bed.tell(said('order', 'needle'), ...noise(4_000))

    const first = await find({ words: ['needle'] }, { budgetMs: 0 })
    let next = first.upTo
    let found: string[] = []
    for (let pages = 0; pages < 50 && next !== null; pages++) {
      const page = await find({ words: ['needle'] }, { budgetMs: 0, before: next })
      found = [...found, ...words(page)]
      next = page.upTo
    }

    expect(first).toMatchObject({ lines: [], looked: 100, lookedTo: 3_902 })
    expect(found).toEqual(['needle'])
  })

  it('lets others have their turn while it looks', async () => {
    for (let i = 0; i < 10; i++) await bed.tell(...noise(2_000))
    let turns = 0
    const counting = setInterval(() => turns++, 0)

    const { looked } = await find({ words: ['nothing'] })
    clearInterval(counting)

    expect(looked).toBe(20_000)
    expect(turns).toBeGreaterThan(3)
  })

  it('holds no more text than an answer may have, and goes on with the rest', async () => {
    await bed.tell(...Array.from({ length: 150 }, (_, i) => said('order', `long.${i}`, { text: 'x'.repeat(50_000) })))

    const first = await find({ service: 'order' }, { limit: 150 })
    const second = await find({ service: 'order' }, { limit: 150, before: first.upTo ?? 0 })

    expect(first.lines.length).toBeLessThan(150)
    expect([...words(first), ...words(second)]).toEqual(Array.from({ length: 150 }, (_, i) => `long.${149 - i}`))
  })

  it('looks no further back than hours in which such old lines can have been kept', async () => {
    await bed.tell(...noise(10))
    await bed.db.write((tx) => tx.$executeRaw`UPDATE "Hour" SET at = ${AT - 7_200_000}, name = 'before'`)
    await bed.tell(said('order', 'now', { time: AT + 1 }))
    await bed.db.write((tx) => tx.$executeRaw`UPDATE "Hour" SET at = ${AT} WHERE name <> 'before'`)

    expect(await find({ since: AT + 1 })).toMatchObject({ looked: 1, upTo: null, lines: [{ msg: 'now' }] })
    expect((await find({ since: AT - 1 })).looked).toBe(11)
  })

  it('may be for lines of some time, level or service alone', async () => {
    await bed.tell(
      said('order', 'a'),
      said('order', 'b', { time: AT + 1_000, level: 40 }),
      said('payment', 'c', { level: 50 }),
    )

    expect(words(await find({ level: 40 }))).toEqual(['c', 'b'])
    expect(words(await find({ service: 'order' }))).toEqual(['b', 'a'])
    expect(words(await find({ since: AT + 1 }))).toEqual(['b'])
    expect(words(await find({ until: AT + 1 }))).toEqual(['c', 'a'])
  })

  it('of a log in which nothing stands finds nothing', async () => {
    expect(await find({})).toMatchObject({ lines: [], looked: 0, lookedTo: null, upTo: null })
  })
})

describe('what is new in the log', () => {
  const ALL = { text: '', service: null, level: 0 }
  const news = async (filter: Filter, place: { after: number; upTo: number }) => {
    const [told] = (await newsBetween(bed.read, place, [{ filter, max: 40 }])).values()
    return told ?? { lines: [], skipped: 0 }
  }

  it('is what came since, with the number of those that nobody could have read', async () => {
    await bed.tell(...noise(500))

    const { lines, skipped } = await news(ALL, { after: 100, upTo: 450 })

    expect([lines.at(0)?.seq, lines.at(-1)?.seq, skipped]).toEqual([411, 450, 310])
  })

  it('misses nothing once it is narrowed', async () => {
    await bed.tell(...noise(5_000), said('order', 'ready'), ...noise(5_000))

    const filter = { ...ALL, text: '"order"' }

    expect(await news(filter, { after: 0, upTo: 10_001 })).toMatchObject({ lines: [{ msg: 'ready' }], skipped: 0 })
    expect(await linesBefore(bed.read, 10_001, filter, 40)).toMatchObject([{ msg: 'ready' }])
  })

  it('is found by words of any language, as a search finds them', async () => {
    await bed.tell(said('order', 'one', { why: 'Ärger' }), said('order', 'two'))

    expect(await news({ ...ALL, text: 'ärger' }, { after: 0, upTo: 2 })).toMatchObject({ lines: [{ msg: 'one' }] })
  })
})
