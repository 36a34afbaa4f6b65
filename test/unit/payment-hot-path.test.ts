import { describe, expect, it } from '@jest/globals'
import type { Client } from '../../services/payment/db.ts'
import { answerTo } from '../../services/payment/facts.ts'
import { awaited, beginTenders, overdue, type Tendered } from '../../services/payment/payments.ts'
import { settle } from '../../services/payment/stories.ts'
import type { Emitted } from '../../shared/events.ts'
import { usePayment } from '../payment-rig.ts'

const shop = usePayment()

/** A transaction that counts its statements. */
function counting(tx: Client): { tx: Client; count(): number } {
  let count = 0
  const counted = (name: '$queryRaw' | '$executeRaw') => ({
    value: (...args: unknown[]) => {
      count++
      return Reflect.apply(tx[name], tx, args)
    },
  })
  return {
    tx: Object.create(tx, { $queryRaw: counted('$queryRaw'), $executeRaw: counted('$executeRaw') }),
    count: () => count,
  }
}

const tenders: Tendered[] = Array.from({ length: 50 }, (_, i) => ({
  ...{ orderId: `o${i}`, number: `OL-${i}`, totalCents: 4_200, currency: 'EUR', paymentMethod: 'pm_card_visa' },
  ...{ tender: 1, payBy: null },
}))

describe('cards that just work', () => {
  it('take two statements before the gateway is asked, and two after it, however many they are', async () => {
    const told: Emitted[] = []
    const [before, begun] = await shop.db.write(async (plain) => {
      const { tx, count } = counting(plain)
      const begun = await beginTenders(tx, tenders)
      return [count(), begun] as const
    })
    const after = await shop.db.write(async (plain) => {
      const { tx, count } = counting(plain)
      const found = begun.map((payment, i) => ({
        orderId: payment.orderId,
        facts: answerTo(payment, { intent: { id: `pi_${i}`, status: 'captured', reason: null, url: null } }),
      }))
      await settle(tx, found, (event) => void told.push(event))
      return count()
    })

    expect([before, after]).toEqual([2, 2])
    expect(told.map(({ name }) => name)).toEqual(Array(50).fill('payment.captured'))
  })

  it('take one call', async () => {
    await shop.reserve('o1')
    await shop.is('o1', 'captured')

    expect(await shop.gateway.ledger('o1')).toHaveLength(1)
  })
})

describe('what is awaited', () => {
  it('is found by an index of its own, whatever else there is', async () => {
    const plans = async (sql: string) => {
      const rows = await shop.db.read.$queryRawUnsafe<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${sql}`)
      return rows.map(({ detail }) => detail).join('; ')
    }
    const where = `state IN ('challenged', 'processing')`

    expect(await plans(`SELECT COUNT(*) FROM "Payment" WHERE ${where}`)).toContain('Payment_awaited_idx')
    const late = `"payBy" <= 5 OR ("payBy" IS NULL AND at <= 5)`
    const plan = await plans(`SELECT * FROM "Payment" WHERE ${where} AND state = 'challenged' AND (${late})`)
    expect(plan).toContain('Payment_awaited_idx')
    expect(await awaited(shop.db.read)).toBe(0)
    expect(await overdue(shop.db.read, Date.now(), 10)).toEqual([])
  })
})
