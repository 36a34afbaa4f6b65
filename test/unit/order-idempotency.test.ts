import { describe, expect, it } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import { bookOrders } from '../../services/order/book-orders.ts'
import { openOrders } from '../../services/order/db.ts'
import type { Wanted } from '../../services/order/repeated-orders.ts'
import { KEY_KEPT_MS, pruneKeys } from '../../services/order/stored-keys.ts'
import { type Key, oneAtATime } from '../../shared/web/idempotency-key.ts'
import { problemOf, TOKEN, useOrders } from '../order-rig.ts'

const orders = useOrders()
const withKey = (key: string, parts: object = {}) => orders.order(parts, { 'Idempotency-Key': key })

async function countOrders(): Promise<unknown> {
  const answer = await orders.get('/api/admin/orders', { authorization: `Bearer ${TOKEN}` })
  return Object(await answer.json()).counts
}

describe('an Idempotency-Key', () => {
  it('with the same body gets the same answer, to the letter', async () => {
    const first = await withKey('k-1')
    const again = await withKey('k-1')

    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
    expect(await again.text()).toBe(await first.text())
    expect(await countOrders()).toMatchObject({ placed: 1 })
  })

  it('still gets the first answer when the order has moved on, and after a restart', async () => {
    const first = await (await withKey('k-1')).text()
    await orders.cancel(JSON.parse(first).id)
    await orders.shutDown()
    await orders.boot()

    const again = await withKey('k-1')

    expect(again.status).toBe(201)
    expect(await again.text()).toBe(first)
    expect(await countOrders()).toMatchObject({ placed: 0, cancelled: 1 })
  })

  it('with another body is refused', async () => {
    await withKey('k-1')

    const other = await withKey('k-1', { items: [{ sku: 'MUG-001', quantity: 3 }] })

    expect(await problemOf(other)).toMatchObject({ status: 422, fields: ['Idempotency-Key'] })
    expect(await countOrders()).toMatchObject({ placed: 1 })
  })

  it('a hundred at once make one order', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => withKey('k-1')))

    const bodies = await Promise.all(answers.map((answer) => answer.text()))
    const made = new Set(bodies.filter((_, i) => answers[i]?.status === 201))
    expect(made.size).toBe(1)
    expect(answers.map(({ status }) => status).filter((status) => status !== 201 && status !== 409)).toEqual([])
    expect(await countOrders()).toMatchObject({ placed: 1 })
  })

  it('another body while the first is under way is refused as well', async () => {
    const [first, other] = await Promise.all([withKey('k-1'), withKey('k-1', { payment: { method: 'pm_other' } })])

    expect([first.status, other.status].sort()).toEqual([201, 422])
    expect(await countOrders()).toMatchObject({ placed: 1 })
  })

  it('of an order that was refused can be used again', async () => {
    expect((await withKey('k-1', { items: [] })).status).toBe(422)
    expect((await withKey('k-1', { items: [{ sku: 'X', quantity: 1 }] })).status).toBe(422)
    expect((await withKey('k-1')).status).toBe(201)
  })

  it('may be quoted, as the draft has it, and is the same key then', async () => {
    const quoted = await withKey('"8e03978e-40d5-43dd-bc93-6894a57f9324"')
    const bare = await withKey('8e03978e-40d5-43dd-bc93-6894a57f9324')

    expect(await bare.text()).toBe(await quoted.text())
  })

  it.each(['', 'two words', 'x'.repeat(256), 'schlüssel'])('%j is no key', async (key) => {
    expect(await problemOf(await withKey(key))).toMatchObject({ status: 400, fields: ['Idempotency-Key'] })
  })

  it('is forgotten after a week, and not before', async () => {
    await withKey('k-1')
    await orders.shutDown()
    const db = await openOrders(orders.folder)

    expect(await db.write((tx) => pruneKeys(tx, Date.now() + KEY_KEPT_MS - 60_000, 10))).toBe(0)
    expect(await db.write((tx) => pruneKeys(tx, Date.now() + KEY_KEPT_MS + 60_000, 10))).toBe(1)

    await db.close()
  })

  it('that is under way is a conflict, until it is done', async () => {
    let finish = () => {}
    const first = new Promise<void>((resolve) => {
      finish = resolve
    })
    const run = oneAtATime(() => first)
    const wanted = { key: { key: 'k-1', fingerprint: 'f' } }
    const running = run(wanted)

    await expect(run(wanted)).rejects.toMatchObject({ status: 409 })
    await expect(run({ key: { key: 'k-1', fingerprint: 'other' } })).rejects.toMatchObject({ status: 422 })
    finish()
    await running

    await expect(run(wanted)).resolves.toBeUndefined()
  })

  it('is decided by the database, should two processes get it at once', async () => {
    await orders.shutDown()
    const db = await openOrders(orders.folder)
    const key = { key: 'k-1', fingerprint: 'f' }
    const emitted: string[] = []

    const [first, second, third] = await db.write((tx) =>
      bookOrders(tx, [draft(key), draft(key), draft({ ...key, fingerprint: 'other' })], ({ subject: orderId }) => {
        emitted.push(orderId)
      }),
    )

    expect(first).toMatchObject({ kind: 'placed', order: { id: emitted[0] } })
    expect(second).toMatchObject({ kind: 'replayed', order: { id: emitted[0] } })
    expect(third).toEqual({ kind: 'key taken' })
    expect(emitted).toHaveLength(1)
    await db.close()
  })
})

function draft(key: Key): Wanted {
  const customer = { name: 'Ada', email: 'ada@example.com' }
  const lines = [{ sku: 'MUG-001', name: 'Mug', quantity: 1, unitPriceCents: 1_800 }]
  const money = { totalCents: 1_800, currency: 'EUR' }
  const whose = { account: null, language: 'en', sale: null } as const
  return {
    draft: { ...whose, id: uuidv7(), customer, paymentMethod: 'pm_x', payBy: Date.now() + 60_000, lines, ...money },
    key,
    traceparent: undefined,
  }
}
