import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openPayment, type Client as Payments } from '../../services/payment/db.ts'
import type { Database } from '../../shared/store/database.ts'
import { type Columns, each, insert, names, preparing, records, type Sql } from '../../shared/store/sql.ts'

type Row = { id: string; name: string; traceparent: string | null; data: object; stamp: number }
const columns: Columns<Row> = ['id', 'name', 'traceparent', 'data', 'stamp']
const fewer: Columns<Row> = ['id', 'stamp']
const rows: Row[] = [
  {
    id: 'b',
    name: 'Zoë 👩‍💻 "quoted" \\ \'single\'',
    traceparent: null,
    data: { deep: [1, 'two'] },
    stamp: 1_764_000_000_123,
  },
  { id: 'a', name: '?', traceparent: '00-1', data: {}, stamp: 0 },
]

let folder: string
let db: Database<Payments>
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderline-sql-'))
  db = await openPayment(folder)
})
afterAll(async () => {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('rows', () => {
  it('come out of a statement as they went in, in their order', async () => {
    const read = await db.read.$queryRaw<Row[]>`SELECT ${names(columns)} FROM ${records('Event', columns, rows)} AS new`
    expect(read).toEqual(rows.map((row) => ({ ...row, data: JSON.stringify(row.data) })))
  })

  it('are inserted with what a table has for columns that they lack, and those that are there stay', async () => {
    const at = { name: 'x', subject: 'o-1', at: 1, data: '' }
    const needed: Columns<typeof at & { id: string }> = ['id', 'name', 'subject', 'at', 'data']
    const insertAll = async (tx: Sql, ids: string[]) => {
      const news = ids.map((id) => ({ id, ...at }))
      return tx.$queryRaw<{ id: string }[]>`${insert('Event', needed, news)} ON CONFLICT DO NOTHING RETURNING id`
    }

    expect(await db.write((tx) => insertAll(tx, ['x', 'y']))).toEqual([{ id: 'x' }, { id: 'y' }])
    expect(await db.write((tx) => insertAll(tx, ['y', 'z']))).toEqual([{ id: 'z' }])

    const kept = await db.read.$queryRaw`
      SELECT id, v FROM "Event" WHERE id IN (SELECT value FROM ${each(['x', 'z', 'none'])}) ORDER BY id`
    expect(kept).toEqual([
      { id: 'x', v: 1 },
      { id: 'z', v: 1 },
    ])
  })
})

describe('a statement', () => {
  const ask = (tag: (query: TemplateStringsArray, ...values: unknown[]) => string, of: Columns<Row>, n: number) =>
    tag`SELECT ${names(of)} FROM ${records('Event', of, rows.slice(n))} AS new WHERE stamp > ${n}`

  it('is put into words once, whatever it carries', () => {
    const texts: string[] = []
    const statementOf = preparing('sqlite', (text) => {
      texts.push(text)
      return text
    })

    for (const n of [0, 1, 2]) ask((query, ...values) => statementOf(query, values), fewer, n)

    expect(texts).toEqual([expect.stringMatching(/^SELECT "id", "stamp" FROM \(.*\?\)\) AS new WHERE stamp > \?$/)])
  })

  it('whose columns change is refused, or it would read others than it says', () => {
    const statementOf = preparing('sqlite', (text) => text)
    const asked = (of: Columns<Row>) => ask((query, ...values) => statementOf(query, values), of, 0)
    asked(fewer)
    expect(() => asked(columns)).toThrow('constants')
  })
})
