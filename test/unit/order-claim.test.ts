import { describe, expect, it } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { openOrders } from '../../services/order/db.ts'
import { sessionOf, withSession } from '../customer-session.ts'
import { tell, useOrdersWithRedis } from '../order-rig.ts'
import { until } from '../until.ts'

const orders = useOrdersWithRedis()
const list = z.object({ orders: z.array(z.object({ id: z.string() })) })

const guest = (email: string) => orders.place({ customer: { name: 'Ada', email, phone: '+49 30 1234' } })
const verified = (account: string, email: string) => ({
  ...{ name: 'customer.verified' as const, subject: account, data: { email } },
})
const deleted = (account: string, email = 'ada@example.com') => ({
  ...{ name: 'customer.deleted' as const, subject: account, data: { email } },
})

/** The ids of the account's orders, oldest first. */
async function ordersOf(account: string): Promise<string[]> {
  const answer = await orders.get('/api/account/orders?limit=100', withSession(sessionOf(account)))
  return list
    .parse(await answer.json())
    .orders.map(({ id }) => id)
    .reverse()
}

/** What is on disk about the customer of an order. */
async function customerOf(id: string) {
  const db = await openOrders(orders.folder)
  const row = await db.read.order.findUniqueOrThrow({ where: { id } })
  await db.close()
  const { customerName, customerEmail, customerPhone, mailbox, account, totalCents, state } = row
  return { customer: [customerName, customerEmail, customerPhone, mailbox], account, totalCents, state }
}

const NOBODY = ['', '', null, '']

describe('whoever has shown that an address is theirs', () => {
  it('is given the orders that a guest has placed with it, however it was written', async () => {
    const account = uuidv7()
    const mine = [await guest('ada@example.com'), await guest('ADA+mugs@Example.com')]
    await guest('ada@example.org')
    await guest('adam@example.com')

    await tell(orders.redis, verified(account, 'Ada@example.com'))

    await until(async () => (await ordersOf(account)).length > 0, { what: 'her orders' })
    expect(await ordersOf(account)).toEqual(mine)
  })

  it('is given nothing that belongs to somebody else already, and nothing twice', async () => {
    const [first, second] = [uuidv7(), uuidv7()]
    const id = await guest('ada@example.com')
    await tell(orders.redis, verified(first, 'ada@example.com'))
    await until(async () => (await ordersOf(first)).length === 1)
    const later = await guest('ada@example.com')

    await tell(orders.redis, verified(second, 'ada@example.com'), verified(second, 'ada@example.com'))

    await until(async () => (await ordersOf(second)).length === 1)
    expect([await ordersOf(first), await ordersOf(second)]).toEqual([[id], [later]])
  })

  it('is given many at once, by an index and not by looking through all orders', async () => {
    const db = await openOrders(orders.folder)
    await db.close()
    const file = new Sqlite(`${orders.folder}/order.db`, { readonly: true })
    const planOf = (sql: string, ...values: unknown[]) =>
      file
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...values)
        .map(({ detail }) => detail)
        .join('\n')

    const claiming = planOf(CLAIM, '[["ada@example.com","a"]]')
    const listing = planOf(
      `SELECT id, seq FROM "Order" WHERE account = ? AND seq < ? ORDER BY seq DESC LIMIT 20`,
      'a',
      1,
    )
    const erasing = planOf(`UPDATE "Order" SET mailbox = '' WHERE account IN (SELECT value FROM json_each(?))`, '["a"]')
    file.close()

    expect(claiming).toContain('SEARCH Order USING INDEX Order_mailbox_idx')
    expect(listing).toContain('SEARCH Order USING INDEX Order_account_seq_idx')
    expect(listing).not.toContain('B-TREE')
    expect(erasing).toMatch(/SEARCH Order USING (COVERING )?INDEX Order_account_seq_idx/)
  })
})

const CLAIM = `
  UPDATE "Order" SET account = claim.account
  FROM (SELECT value->>0 AS "mailbox", value->>1 AS "account" FROM jsonb_each(?)) AS claim
  WHERE "Order".mailbox = claim.mailbox AND "Order".account IS NULL RETURNING "Order".account AS account`

describe('whoever has deleted the account', () => {
  it('is not in the books any more; the orders, their money and whose they were are', async () => {
    const account = uuidv7()
    const [id, other] = [await guest('ada@example.com'), await guest('eve@example.com')]
    await tell(orders.redis, verified(account, 'ada@example.com'))
    await until(async () => (await ordersOf(account)).length === 1)

    await tell(orders.redis, deleted(account))

    await until(async () => (await customerOf(id)).customer[1] === '', { what: 'her name to be gone' })
    expect(await customerOf(id)).toEqual({ customer: NOBODY, account, totalCents: 3_600, state: 'placed' })
    expect((await customerOf(other)).customer).toEqual(['Ada', 'eve@example.com', '+49 30 1234', 'eve@example.com'])
    expect((await orders.cancel(id)).status).toBe(200) // by whoever has its key
  })

  it('is not in the books either where it was heard first that she is gone, and then that the address was hers', async () => {
    const account = uuidv7()
    const id = await guest('ada@example.com')
    const before = withSession(sessionOf(account, { beganAt: Date.now() - 1_000 }))
    await tell(orders.redis, deleted(account))
    await until(async () => (await orders.get('/api/account/orders', before)).status === 401)

    await tell(orders.redis, verified(account, 'ada@example.com'))

    await until(async () => (await customerOf(id)).account === account)
    expect((await customerOf(id)).customer).toEqual(NOBODY)
  })

  it('leaves no name either with what was ordered as a guest since the address was proved', async () => {
    const account = uuidv7()
    const [id, other] = [await guest('ADA+again@example.com'), await guest('eve@example.com')]

    await tell(orders.redis, deleted(account))

    await until(async () => (await customerOf(id)).account === account)
    expect((await customerOf(id)).customer).toEqual(NOBODY)
    expect((await customerOf(other)).customer[1]).toBe('eve@example.com')
  })

  it('takes nothing along that was ordered with an address that was never proved', async () => {
    const [account, later] = [uuidv7(), uuidv7()]
    const id = await guest('ada@example.com')
    const before = withSession(sessionOf(account, { beganAt: Date.now() - 1_000 }))
    await tell(orders.redis, deleted(account, ''))
    await until(async () => (await orders.get('/api/account/orders', before)).status === 401)

    expect((await customerOf(id)).customer[1]).toBe('ada@example.com')
    await tell(orders.redis, verified(later, 'ada@example.com'))
    await until(async () => (await ordersOf(later)).length === 1)
  })

  it('has no session any more', async () => {
    const [account, began] = [uuidv7(), Date.now() - 1_000]
    const headers = withSession(sessionOf(account, { beganAt: began }))
    expect((await orders.get('/api/account/orders', headers)).status).toBe(200)

    await tell(orders.redis, deleted(account))

    await until(async () => (await orders.get('/api/account/orders', headers)).status === 401)
  })
})
