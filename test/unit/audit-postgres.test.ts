import { describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { auditDatabase } from '../../audit/audit.ts'
import { copyDatabase } from '../../audit/copy-database.ts'
import { run } from '../../audit/run.ts'
import { useSmallShop } from '../audit-rig.ts'
import { bringBooks } from '../books-in-postgres.ts'

const url = 'postgresql://orderline@127.0.0.1:55439/postgres'
const shop = useSmallShop('with orders that wait')

/** What is in the shop's files, in a database. */
async function brought(): Promise<string> {
  await bringBooks(shop.save(), url)
  return url
}

async function query(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(sql)
  await client.end()
}

describe('the audit of a shop on PostgreSQL', () => {
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
    await brought()
    await query(`UPDATE "order"."Order" SET seq = seq * 10`)
    const told = shop.mailbox.map((mail) => JSON.stringify(mail)).join()
    expect(told).not.toBe('')
    const { findings } = await auditDatabase(url, shop.dataDir, { atRest: true })
    expect(findings.filter(({ check }) => !/Mail/.test(check))).toEqual([])
  })

  it('says whose orders went on while it was read, and that the shop is not still', async () => {
    await brought()
    const copy = await copyDatabase(url, shop.dataDir)
    copy.remove()
    expect([copy.seen.isStill, [...copy.seen.moved]]).toEqual([true, []])
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
