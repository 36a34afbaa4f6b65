import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const SEED = 'a1b2'
const PAGE = 2 // of the stand-in; whatever is asked for

type Entry = { ticket: string; number: number; position: number; admission: number | null }
type Shown = { sale: Record<string, unknown>; entries: Entry[] }

/** A sale whose two units are bought by the first two of four. */
const inLine = (): Shown => ({
  sale: {
    ...{ id: 's', order: 'line', state: 'ended', why: 'soldOut', seed: null, seedHash: null },
    ...{ units: 2, free: 0, held: 0, bought: 2, spared: 0, joined: 4, admittedUpTo: 2 },
  },
  entries: [1, 2, 3, 4].map((number) => ({
    ...{ ticket: `t${number}`, number, position: number, admission: number < 3 ? number : null },
  })),
})

/** The same by lot. */
function byLot(): Shown {
  const { sale, entries } = inLine()
  const lots = entries.map(({ ticket }) => `${sha256(`${SEED}:${ticket}`)} ${ticket}`).sort()
  const drawn = entries.map((entry) => {
    const position = lots.findIndex((lot) => lot.endsWith(` ${entry.ticket}`)) + 1
    return { ...entry, position, admission: position < 3 ? position : null }
  })
  return { sale: { ...sale, order: 'draw', seed: SEED, seedHash: sha256(SEED) }, entries: drawn }
}

/** The third was let in, and the second was not. */
function hurried(): Entry[] {
  const [, second, third] = inLine().entries
  return second && third
    ? [
        { ...second, admission: null },
        { ...third, admission: 2 },
      ]
    : []
}

let shown = inLine()
let server: Server
let folder = ''
const tickets = () => join(folder, 'tickets.jsonl')

/** Says of a sale what `shown` is: a shop that lies is hard to come by. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderline-tickets-'))
  server = createServer((req, res) => {
    const url = new URL(req.url ?? '/', 'http://shop')
    const after = Number(url.searchParams.get('after'))
    const page = shown.entries.slice(after, after + PAGE)
    const next = after + PAGE < shown.entries.length ? after + PAGE : null
    res.end(JSON.stringify(url.pathname.endsWith('/entries') ? { entries: page, next } : shown.sale))
  }).listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  shown = inLine()
  writeFileSync(tickets(), '')
})

function check(...more: string[]): Promise<{ code: number; text: string }> {
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const given = ['examples/check-sale.mjs', `http://127.0.0.1:${port}`, 's', ...more]
  return new Promise((done) =>
    execFile(process.execPath, given, (error, stdout, stderr) =>
      done({ code: Number(error?.code ?? 0), text: stdout + stderr }),
    ),
  )
}

const told = (...lines: [number: number, askedAt: number, at: number, ticket?: string][]) =>
  writeFileSync(
    tickets(),
    lines
      .map(([number, askedAt, at, ticket = `t${number}`]) => JSON.stringify({ sale: 's', ticket, number, askedAt, at }))
      .join('\n'),
  )

describe('whoever recomputes a sale', () => {
  it('finds a line in which all is as promised, and exits with 0', async () => {
    const { code, text } = await check()
    expect(text).toMatch(/entries 4, admitted 2, overtaken 0[\s\S]*All is as promised\.$/m)
    expect(code).toBe(0)
  })

  it('draws the lots of a draw again', async () => {
    shown = byLot()
    const { code, text } = await check()
    expect(text).toContain(`seed ${SEED}, hash ${sha256(SEED)}: all 4 lots drawn again`)
    expect(code).toBe(0)
  })

  const lies: [string, RegExp, () => void][] = [
    ['somebody was overtaken', /WRONG overtaken: number 2/, () => shown.entries.splice(1, 2, ...hurried())],
    ['units are missing', /WRONG units: 2, and/, () => Object.assign(shown.sale, { bought: 1 })],
    [
      'more are bought than there were',
      /WRONG oversold: 3 bought of 2/,
      () => Object.assign(shown.sale, { bought: 3 }),
    ],
    ['it is called sold out too early', /WRONG undersold/, () => Object.assign(shown.sale, { bought: 1, held: 1 })],
    ['an entry is gone', /WRONG entries[\s\S]*WRONG numbers: there is no number 3/, () => shown.entries.splice(2, 1)],
    ['a ticket is there twice', /WRONG tickets/, () => Object.assign(shown.entries[3] ?? {}, { ticket: 't1' })],
    ['a place is not the number', /WRONG line: number 4/, () => Object.assign(shown.entries[3] ?? {}, { position: 7 })],
    ['an admission is missing', /WRONG admissions/, () => Object.assign(shown.entries[1] ?? {}, { admission: 5 })],
  ]
  it.each(lies)('finds it where %s, and exits with 1', async (_what, found, lie) => {
    lie()
    const { code, text } = await check()
    expect(text).toMatch(found)
    expect(code).toBe(1)
  })

  it.each([
    ['another seed', () => Object.assign(shown.sale, { seed: 'c3d4' }), /the seed is not the one whose hash was shown/],
    [
      'another place',
      () => Object.assign(shown.entries[0] ?? {}, { position: 9, admission: null }),
      /number 1 has place 9/,
    ],
    ['a place before the draw', () => Object.assign(shown.sale, { seed: null }), /has a place before the draw/],
  ])('finds a draw with %s', async (_what, lie, found) => {
    shown = byLot()
    lie()
    const { code, text } = await check()
    expect(text).toMatch(found)
    expect(code).toBe(1)
  })

  it('cannot tell where there is no shop, and exits with 2', async () => {
    const given = ['examples/check-sale.mjs', 'http://127.0.0.1:1', 's']
    const code = await new Promise((done) => execFile(process.execPath, given, (error) => done(error?.code)))
    expect(code).toBe(2)
  })
})

describe('the tickets that buyers were given', () => {
  it('are well where they are what is listed', async () => {
    told([1, 0, 10], [2, 5, 8], [3, 20, 30])
    const { code, text } = await check('--tickets', tickets())
    expect(text).toContain('tickets of buyers 3')
    expect(code).toBe(0)
  })

  it.each([
    ['one is lost', () => told([1, 0, 10, 'gone']), /WRONG lost: gone/],
    ['one has another number', () => told([1, 0, 10, 't2']), /WRONG told: t2 is number 2/],
    [
      'one was asked for later and has a lower number',
      () => told([2, 0, 10], [1, 11, 12]),
      /WRONG jumped: t1 has number 1/,
    ],
  ])('are found where %s', async (_what, tell, found) => {
    tell()
    const { code, text } = await check('--tickets', tickets())
    expect(text).toMatch(found)
    expect(code).toBe(1)
  })
})

it('the script shares no code with the shop', () => {
  for (const file of ['check-sale.mjs', 'sale-rules.mjs'])
    expect(readFileSync(join('examples', file), 'utf8')).not.toMatch(/from '(?!node:|\.\/sale-rules\.mjs)/)
})
