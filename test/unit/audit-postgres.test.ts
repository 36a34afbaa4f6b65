import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { auditDatabase } from '../../audit/audit.ts'
import { copyDatabase } from '../../audit/copy-database.ts'
import { run } from '../../audit/run.ts'
import { lastStepIn, movedSince } from '../../audit/shop-database.ts'
import { pickPorts } from '../../launcher/ports.ts'
import { type LonePostgres, startLonePostgres } from '../../launcher/postgres-server.ts'
import { useSmallShop } from '../audit-rig.ts'
import { bringBooks } from '../books-in-postgres.ts'

const programs = process.env.POSTGRES_BIN || undefined // where the set-up has found it
const onPostgres = programs === undefined ? describe.skip : describe
let server: LonePostgres | undefined
beforeAll(async () => {
  const [port = 0] = await pickPorts(1)
  if (programs !== undefined) server = await startLonePostgres(programs, port)
})
afterAll(() => server?.end())

const shop = useSmallShop('with orders that wait')

const url = () => server?.url ?? ''

/** What is in the shop's files, in a database. */
async function brought(): Promise<string> {
  await bringBooks(shop.save(), url())
  return url()
}

async function withClient<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url() })
  await client.connect()
  return work(client).finally(() => client.end())
}

onPostgres('the audit of a shop on PostgreSQL', () => {
  it('finds nothing where all is well, and the same figures as in files', async () => {
    const { findings, figures, isAtRest } = await auditDatabase(await brought(), shop.dataDir)
    expect(findings).toEqual([])
    expect(figures).toEqual(shop.audit().figures)
    expect(isAtRest).toBe(true)
  })

  it('finds whatever is wrong, also between services', async () => {
    shop.sql('inventory', `UPDATE "Stock" SET available = -1 WHERE sku = 'MUG'`)
    shop.sql('order', `UPDATE "Order" SET state = 'refunded' WHERE id = 'paid'`)
    shop.sql('payment', `DELETE FROM "Inbox"`)
    shop.sql(
      'order',
      `INSERT INTO "Outbox" (event, queue, attempt, stamp, pushes, "enqueuedAt") VALUES (99999, 'payment', 1, 1, 1, 1)`,
    )
    shop.book('charge', 'paid')
    const wrongs = shop.audit({ atRest: true }).findings
    const { findings } = await auditDatabase(await brought(), shop.dataDir, { atRest: true })
    expect(wrongs.length).toBeGreaterThan(5)
    expect(findings).toEqual(wrongs)
  })

  it('takes gaps in the numbers of orders for what they are: somebody has rolled back', async () => {
    shop.save()
    shop.sql('order', `UPDATE "Order" SET seq = -10 * seq`)
    shop.sql('order', `UPDATE "Order" SET seq = -seq`)
    const apart = (number: string) => `OL-${1_000_000 + 10 * (Number(number) - 1_000_000)}`
    const mails = JSON.stringify(shop.mailbox).replaceAll(/OL-(\d+)/g, (_text, number) => apart(number))
    shop.mailbox = JSON.parse(mails)

    const { findings } = await auditDatabase(await brought(), shop.dataDir, { atRest: true })
    expect(findings).toEqual([])
  })

  it('says which orders went on while it was read, whatever the number of their step', async () => {
    const copy = await copyDatabase(await brought(), shop.dataDir)
    expect([copy.seen.isStill, [...copy.seen.moved]]).toEqual([true, []])
    const moved = await withClient(async (client) => {
      const last = await lastStepIn(client)
      await client.query(`INSERT INTO "order"."TimelineEntry" (seq, "orderId", event, state, at)
        VALUES (-7, 'paid', 'order.cancelled', 'cancelled', 0)`)
      return movedSince(client, last, join(copy.dataDir, 'order.db'))
    })
    copy.remove()
    expect([...moved].filter((name) => !name.startsWith('OL-'))).toEqual(['paid'])
  })

  it('says by the command what is wrong, and exits with 1; with 2 where there is no database', async () => {
    shop.book('charge', 'paid')
    const said: string[] = []
    const out = { log: (text: string) => void said.push(text), error: (text: unknown) => void said.push(String(text)) }
    expect(await run(['--data-dir', shop.dataDir, '--database', await brought()], {}, out)).toBe(1)
    expect(said.join('\n')).toMatch(/^doubleCharged +orders charged twice +1$/m)
    expect(await run(['--database', 'postgresql://nobody@127.0.0.1:1/none'], {}, out)).toBe(2)
    expect(said.at(-1)).toContain('the database cannot be read')
  })
})
