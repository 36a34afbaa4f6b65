import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { useSales } from '../sale-rig.ts'
import { until } from '../until.ts'

const rig = useSales()
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const page = z.object({
  entries: z.array(
    z.object({ ticket: z.string(), number: z.int(), position: z.int().nullable(), admission: z.int().nullable() }),
  ),
  next: z.int().nullable(),
})
const HOUR_MS = 3_600_000
const draw = () => ({ order: 'draw', drawsAt: Date.now() + HOUR_MS, endsAt: Date.now() + 2 * HOUR_MS })
const NAMES = Array.from({ length: 24 }, (_, i) => `buyer${i}`)

async function everybody(sale: string, limit = 10) {
  const all: z.infer<typeof page>['entries'] = []
  for (let after: number | null = 0; after !== null; ) {
    const answer = await rig.get(`/api/sales/${sale}/entries?after=${after}&limit=${limit}`)
    const { entries, next } = page.parse(await answer.json())
    all.push(...entries)
    after = next
  }
  return all
}

describe('a draw', () => {
  it('gives places that anybody can recompute from its seed, whose hash was known before', async () => {
    const sale = await rig.openFor3(draw())
    const before = await rig.sale(sale)
    const tickets = await rig.joinAll(sale, NAMES)
    expect(before).toMatchObject({ state: 'open', seed: null, admittedUpTo: 0 })
    expect((await everybody(sale)).every(({ position }) => position === null)).toBe(true)
    await until(async () => (await rig.count(sale, 'waiting')) === NAMES.length)
    expect(await rig.entry(sale, tickets[0] ?? '')).toMatchObject({ position: null, place: null, state: 'waiting' })
    await rig.comes(sale, 'drawsAt')

    await until(async () => (await rig.sale(sale)).seed !== null, { what: 'the draw' })
    await until(async () => (await rig.row(sale)).held === 3)

    const { seed, seedHash } = await rig.sale(sale)
    expect(seedHash).toBe(before.seedHash)
    expect(seedHash).toBe(sha256(String(seed)))
    const drawn = tickets.toSorted((a, b) => (sha256(`${seed}:${a}`) < sha256(`${seed}:${b}`) ? -1 : 1))
    const shown = await everybody(sale)
    expect(shown.toSorted((a, b) => Number(a.position) - Number(b.position)).map(({ ticket }) => ticket)).toEqual(drawn)
    expect(shown.flatMap(({ position, admission }) => (admission === null ? [] : [position])).toSorted()).toEqual([
      1, 2, 3,
    ])
    expect(shown.map(({ number }) => number)).toEqual(NAMES.map((_, i) => i + 1))
  })

  it('gives each a place of their own where they are many', async () => {
    const sale = await rig.openFor3(draw())
    await rig.joinUnheard(
      sale,
      Array.from({ length: 2_100 }, (_, i) => `buyer${i}`),
    )
    const { read, write } = await rig.db()
    await write((tx) => tx.entry.updateMany({ where: { sale }, data: { state: 'waiting' } }))
    await rig.comes(sale, 'drawsAt')

    await until(async () => (await rig.row(sale)).held === 3)

    const entries = await read.entry.findMany({ where: { sale }, orderBy: { position: 'asc' } })
    expect(entries.map(({ position }) => position)).toEqual(entries.map((_, i) => i + 1))
  })

  it('takes nobody any more once it is time, but whoever has joined has their ticket', async () => {
    const sale = await rig.openFor3(draw())
    const { ticket } = await rig.join(sale, 'ada')
    await rig.comes(sale, 'drawsAt')
    await until(async () => (await rig.sale(sale)).seed !== null, { what: 'the draw' })

    const late = await rig.joinAs(sale, 'ben')
    expect(late.status).toBe(409)
    expect(await late.json()).toMatchObject({
      detail: expect.stringMatching(/could be joined until .*, before its draw/),
    })
    expect(await rig.join(sale, 'ada')).toMatchObject({ ticket, number: 1, place: 0 })
  })

  it('waits for who has joined and has not been read', async () => {
    const sale = await rig.openFor3(draw())
    const [ada = '', ben = ''] = await rig.joinUnheard(sale, ['ada', 'ben'])
    await rig.tell({ name: 'entry.joined', subject: ada, data: { sale } })
    await rig.comes(sale, 'drawsAt')
    await until(async () => (await rig.sale(sale)).state === 'drawing')
    await rig.untilStates(sale, { ada: 'waiting', ben: 'joined' })
    expect((await rig.row(sale)).drawnAt).toBeNull()

    await rig.tell({ name: 'entry.joined', subject: ben, data: { sale } })

    await rig.untilStates(sale, { ada: 'admitted', ben: 'admitted' })
  })
})
