import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { run } from '../../audit/run.ts'
import { useSmallShop } from '../audit-rig.ts'

const shop = useSmallShop()

/** The command, with what it writes to the terminal. */
async function command(...given: string[]) {
  const said: string[] = []
  const say = (text: unknown) => void said.push(String(text))
  const code = await run(['--data-dir', shop.dataDir, ...given], {}, { log: say, error: say })
  return { code, text: said.join('\n') }
}

describe('the audit of a shop where all is well', () => {
  it('finds nothing, and sees for itself that all is at rest', () => {
    const { findings, isWell, isAtRest } = shop.audit()
    expect(findings).toEqual([])
    expect([isWell, isAtRest]).toEqual([true, true])
  })

  it('tells figures', () => {
    const { figures } = shop.audit()
    expect(figures).toEqual({
      orders: {
        total: 9,
        onTheirWay: 0,
        waiting: 0,
        byState: { paid: 1, rejected: 1, declined: 1, cancelled: 4, refunded: 2 },
      },
      units: { received: 15, available: 13, aside: 0, reserved: 2 },
      money: { charges: 3, refunds: 2, chargedCents: 10_800, refundedCents: 7_200, keptCents: 3_600 },
      mails: { arrived: 23, duplicates: 0 },
      accounts: { registrations: 0, total: 0, verified: 0, deleted: 0, sms: 0, smsCopies: 0 },
      sales: {
        ...{ total: 0, ended: 0, granted: 0, bought: 0, spared: 0, tickets: 0, admitted: 0, toldBoth: 0, overtaken: 0 },
      },
      webhooks: { subscriptions: 0, due: 0, taken: 0 },
      alerts: { asked: 0, confirmed: 0, told: 0, mails: 0 },
      lines: { kept: 0, runs: 0, gaps: 0, toRead: 0 },
      messages: {
        ...{ handled: 69, waiting: 0 },
        ...{ deadLettersOfOrders: 0, deadLettersOfAccounts: 0, deadLettersOfSales: 0, deadLettersOfGarbage: 0 },
        deadLettersPutAway: 0,
      },
    })
  })

  it('prints a table and exits with 0', async () => {
    shop.save()
    const { code, text } = await command()
    expect(code).toBe(0)
    expect(text).toMatch(/^orders +9$/m)
    expect(text).toMatch(/^doubleCharged +orders charged twice +0$/m)
    expect(text).toMatch(/All is well\.$/)
  })
})

describe('the audit of a shop where something is wrong', () => {
  it('names it and exits with 1', async () => {
    shop.book('charge', 'paid')
    shop.save()
    const { code, text } = await command()
    expect(code).toBe(1)
    expect(text).toMatch(/^doubleCharged +orders charged twice +1$/m)
    expect(text).toContain('  paid  paid, 3600 cents: charged 7200, refunded 0')
    expect(text).toMatch(/WRONG: 1 finding\.$/)
  })

  it('names twenty of each kind, and counts the others', async () => {
    for (let i = 0; i < 25; i++) shop.mail(`nobody-${i}`, 'paid')
    shop.save()
    const { text } = await command()
    expect(text.match(/^ {2}nobody-/gm)).toHaveLength(20)
    expect(text).toContain('  and 30 more')
  })

  it('shows what would command the terminal, and commands nothing', async () => {
    shop.mail('ghost\u001b[2J\u009b31m\n  all is well', 'paid')
    shop.save()
    for (const { text } of [await command(), await command('--json')]) {
      expect(text).toContain('u001b[2J')
      expect(text).not.toMatch(/[^\P{Cc}\n]/u)
      expect(text).not.toContain('\n  all is well')
    }
  })

  it('tells programs the same as JSON', async () => {
    shop.book('charge', 'paid')
    shop.save()
    const { code, text } = await command('--json')
    const { isWell, figures, counts, findings } = JSON.parse(text)
    expect([code, isWell, figures.money.charges, counts.doubleCharged, counts.lost]).toEqual([1, false, 4, 1, 0])
    expect(findings).toMatchObject([{ check: 'doubleCharged', id: 'paid' }])
  })
})

describe('an audit that cannot be made', () => {
  it.each(['order.db', 'inventory.db', 'payment.db', 'notification.db', 'payment-ledger.jsonl', 'mailbox.jsonl'])(
    'because %s is missing says so and exits with 2',
    async (name) => {
      shop.save()
      rmSync(join(shop.dataDir, name))
      expect(await command()).toEqual({ code: 2, text: expect.stringContaining(`${shop.dataDir} has no ${name}`) })
    },
  )

  it('because there is a database that it does not know says so and exits with 2', async () => {
    shop.save()
    writeFileSync(join(shop.dataDir, 'loyalty.db'), '')
    expect(await command()).toEqual({
      code: 2,
      text: expect.stringContaining('loyalty.db, which the auditor cannot judge'),
    })
  })

  it('because a file is no database says so and exits with 2', async () => {
    shop.save()
    for (const end of ['', '-wal', '-shm']) rmSync(join(shop.dataDir, `payment.db${end}`))
    writeFileSync(join(shop.dataDir, 'payment.db'), 'no database, though long enough for one '.repeat(99))
    expect(await command()).toEqual({ code: 2, text: expect.stringContaining('payment.db cannot be read') })
  })

  it('because a line of the ledger is broken says which and exits with 2', async () => {
    shop.save()
    appendFileSync(join(shop.dataDir, 'payment-ledger.jsonl'), '\n')
    expect(await command()).toEqual({ code: 2, text: expect.stringContaining('line 8 is not') })
  })

  it.each([['--at-resst'], ['--allow-dead-letters', 'some'], ['--accepted', 'no-such-file'], ['audit']])(
    'because of the arguments %s exits with 2',
    async (...given) => {
      shop.save()
      expect((await command(...given)).code).toBe(2)
    },
  )
})

describe('the auditor', () => {
  it('shares no code with what it audits', () => {
    const imports = readdirSync('audit').flatMap((file) => {
      const text = readFileSync(join('audit', file), 'utf8')
      return [...text.matchAll(/(?:from|import) '([^']+)'/g)].map((match) => match[1])
    })
    const foreign = imports.filter(
      (name) => !/^(\.\/[\w-]+\.ts|\.\.\/terminal\/[\w-]+\.ts|node:\w+|zod|better-sqlite3|pg)$/.test(name ?? ''),
    )
    expect(foreign).toEqual([])
  })
})
