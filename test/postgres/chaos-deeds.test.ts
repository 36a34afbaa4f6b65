import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { hurtPostgres } from '../../chaos/hurt-postgres.ts'
import { holderOf } from '../../chaos/hurt-turn.ts'
import { Postgres } from '../../chaos/postgres.ts'
import { type Client, openInventory } from '../../services/inventory/db.ts'
import type { Database } from '../../shared/store/database.ts'
import { until } from '../until.ts'

let postgres: Postgres
let db: Database<Client>
beforeAll(async () => {
  postgres = await Postgres.start(process.env.POSTGRES_BIN ?? '')
  db = await openInventory(postgres.url)
})
afterAll(async () => {
  await postgres.mend()
  await db.close()
  await postgres.stop()
})

const insert = (id: string) =>
  db.write(
    (tx) =>
      tx.$executeRaw`INSERT INTO "Event" (id, name, subject, at, data) VALUES (${id}, 'x', 's', 1, '') ON CONFLICT DO NOTHING`,
  )
const events = async () =>
  (
    await postgres.ask(z.object({ id: z.string() }), `SELECT id FROM inventory."Event" WHERE name = 'x' ORDER BY 1`)
  ).map(({ id }) => id)
const ground = () => ({ postgres }) as Parameters<typeof hurtPostgres>[1]
const hurt = (deed: Parameters<typeof hurtPostgres>[0]) => hurtPostgres(deed, ground())

describe('of what can be done to a PostgreSQL that is thrown away,', () => {
  it('a kill ends what is under way and keeps what is committed', async () => {
    await insert('a')
    const killed = hurt({ kind: 'kill database', forMs: 500 })
    await until(async () => (await insert('b').catch(() => 'refused')) === 'refused', { what: 'a refusal' })
    await killed

    await until(async () => (await insert('c').catch(() => 'refused')) !== 'refused', { what: 'that it is back' })
    expect(await events()).toEqual(expect.arrayContaining(['a', 'c']))
  })

  it('a freeze lets everybody wait, and nobody fail', async () => {
    const sinceMs = performance.now()
    const frozen = hurt({ kind: 'freeze database', forMs: 1_000 })
    await delay(200)
    await insert('frozen')

    expect(performance.now() - sinceMs).toBeGreaterThan(900)
    await frozen
  })

  it('the end of all sessions is survived by those who come again', async () => {
    await hurt({ kind: 'end sessions' })

    await until(async () => (await insert('ended').catch(() => 'refused')) !== 'refused', { what: 'a new session' })
  })

  it('an answer to a COMMIT is lost, and the row is there once', async () => {
    const before = postgres.door.lost
    const losing = hurt({ kind: 'lost commits', share: 1, forMs: 500 })
    await insert('lost')
    await losing

    expect(postgres.door.lost).toBeGreaterThan(before)
    expect((await events()).filter((id) => id === 'lost')).toEqual(['lost'])
  })

  it('a forgotten connection says nothing, until all is mended', async () => {
    await hurt({ kind: 'forget connections' })
    const inserting = insert('forgotten')
    const first = await Promise.race([inserting.catch(() => 'failed'), delay(1_000, 'nothing')])
    await postgres.mend()
    await inserting.catch(() => {})

    expect(first).toBe('nothing')
    await until(async () => (await insert('after').catch(() => 'refused')) !== 'refused', { what: 'a new connection' })
  })

  it('a turn that somebody holds is waited for', async () => {
    const holding = hurt({ kind: 'hold turn', service: 'inventory', forMs: 1_000 })
    await delay(300)
    const first = await Promise.race([insert('held'), delay(300, 'nothing')])

    expect(first).toBe('nothing')
    await holding
  })

  it('a turn in which nothing happens is seen, and who has it', async () => {
    const seen: unknown[] = []
    await db.write(async (tx) => {
      await tx.$queryRaw`SELECT 1 AS one`
      await delay(50)
      seen.push(await holderOf('inventory', postgres), await holderOf('order', postgres))
    })

    expect(seen).toEqual([{ pid: expect.any(Number), idleMs: expect.any(Number) }, undefined])
    expect(await holderOf('inventory', postgres)).toBeUndefined()
  })
})
