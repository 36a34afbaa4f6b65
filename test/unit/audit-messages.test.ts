import { describe, expect, it } from '@jest/globals'
import { useSmallShop } from '../audit-rig.ts'

const shop = useSmallShop()

/** A message, about an order or not, was given up. */
const bury = (orderId: string | null) => {
  const row = { id: `about ${orderId}`, queue: 'notification', orderId, reason: 'poison', body: '', at: 1 }
  shop.insert('notification', 'DeadLetter', row)
}

describe('a message', () => {
  it.each(['inventory', 'payment', 'notification'] as const)('that %s never put down is found', (service) => {
    shop.sql(service, `DELETE FROM "Inbox" WHERE id LIKE 'released %' AND id LIKE '%order.cancelled%'`)
    expect(shop.wrongs()).toEqual([`withoutInbox ${service}`])
  })

  it('in an outbox means that not all is at rest, and is found where all is said to be', () => {
    shop.await('paid')
    expect(shop.audit().isAtRest).toBe(false)
    expect(shop.wrongs()).toEqual([])
    expect(shop.wrongs({ atRest: true })).toEqual(['unrest to paid'])
  })
})

describe('a dead letter', () => {
  it('about an order is found however many are allowed', () => {
    bury('paid')
    expect(shop.wrongs({ allowDeadLetters: 99 })).toEqual(['stuck paid'])
  })

  it.each([null, 'ghost'])('about no order there is, %s, is found by its own id', (orderId) => {
    bury(orderId)
    expect(shop.wrongs()).toEqual([`deadLetter about ${orderId}`])
  })

  it('about no order is only counted where it is there on purpose, up to a number', () => {
    for (const orderId of [null, 'ghost']) bury(orderId)
    const { isWell, figures } = shop.audit({ allowDeadLetters: 2 })
    expect([isWell, figures.messages.deadLettersOfGarbage]).toEqual([true, 2])
    expect(shop.wrongs({ allowDeadLetters: 1 })).toHaveLength(2)
  })

  it('that was replayed is dealt with', () => {
    bury('paid')
    shop.sql('notification', `UPDATE "DeadLetter" SET replayedAt = 1`)
    expect(shop.wrongs()).toEqual([])
  })
})
