import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Client, openOrders } from '../../services/order/db.ts'
import { eventsAfter } from '../../shared/protocol/event-log.ts'
import { append, type StoredEvent } from '../../shared/protocol/event-store.ts'
import { idsBeginWith } from '../../shared/protocol/new-id.ts'
import type { Database } from '../../shared/store/database.ts'

let folder: string
let db: Database<Client>
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderline-events-'))
  db = await openOrders(folder)
})
afterEach(async () => {
  await db.close()
  rmSync(folder, { recursive: true })
})

const eventAt = (ms: number, i: number): StoredEvent => ({
  id: `${idsBeginWith(ms)}-7000-8000-${String(i).padStart(12, '0')}`,
  ...{ name: 'order.placed', v: 2, subject: 'an order', at: ms, traceparent: null, data: '{}' },
})
/** Events that were made so long ago; without the one whose transaction is not over, or has failed. */
const write = (agoMs: number, missing: number) =>
  db.write(async (tx) => {
    const events = Array.from({ length: 5 }, (_, i) => eventAt(Date.now() - agoMs, i))
    const seqs = [...(await append(tx, events)).values()]
    await tx.$executeRaw`DELETE FROM "Event" WHERE seq = ${seqs[missing] ?? 0}`
    return seqs
  })
const told = async (after: number, limit = 100) => {
  const { events, upTo } = await eventsAfter(db.read, { after }, limit)
  return [events.map(({ seq }) => seq), upTo]
}

describe('who reads on in the events of a service', () => {
  it('is told no further than one that may still be committed', async () => {
    const [a = 0, b = 0] = await write(0, 2)

    expect(await told(a - 1)).toEqual([[a, b], b])
    expect(await told(b)).toEqual([[], b])
  })

  it('goes on when no transaction can be so old', async () => {
    const [a = 0, b = 0, , d = 0, e = 0] = await write(31_000, 2)

    expect(await told(a - 1)).toEqual([[a, b, d, e], e])
    expect(await told(b, 1)).toEqual([[d], d])
  })

  it('passes over what was only sent once more', async () => {
    const [a = 0, b = 0, c = 0] = await write(0, 4)
    await db.write((tx) => tx.$executeRaw`UPDATE "Event" SET "copyOf" = 'x' WHERE seq IN (${b}, ${c})`)

    expect(await told(a - 1, 3)).toEqual([[a], c])
  })
})
