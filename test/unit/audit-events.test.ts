import { describe, expect, it } from '@jest/globals'
import { useSmallShop } from '../audit-rig.ts'

const shop = useSmallShop()
const DAY_MS = 24 * 3_600_000

/** Inventory has not put it down that this order was placed. */
const unhear = (orderId: string) => shop.sql('inventory', `DELETE FROM "Inbox" WHERE id = '${orderId} order.placed'`)
const bury = (service: 'order' | 'inventory', queue: string) => {
  const letter = { id: 'paid order.placed', queue, name: 'order.placed', subject: 'paid', reason: '', body: '', at: 1 }
  shop.insert(service, 'DeadLetter', letter)
}
/** As in a shop whose events all happened some time ago. */
const age = (days: number) => {
  for (const service of ['order', 'inventory', 'payment'] as const)
    shop.sql(service, `UPDATE "Event" SET at = at - ${days * DAY_MS}`)
}

describe('an event', () => {
  it('that a listener has not heard of is found, with who has not', () => {
    unhear('paid')
    const { findings } = shop.audit()
    expect(findings).toEqual([
      {
        check: 'withoutInbox',
        id: 'paid order.placed',
        detail: 'order.placed of paid has not reached inventory, and is not on its way',
      },
    ])
  })

  it('is found in a busy shop too, where one message more than was due makes up for it by number', () => {
    unhear('paid')
    shop.await('declined')
    shop.insert('inventory', 'Inbox', { id: 'a duplicate', outcome: 'done', at: Date.now() })
    expect(shop.wrongs()).toEqual(['withoutInbox paid order.placed'])
  })

  it('that is on its way, in whatever lane, is not lost', () => {
    unhear('paid')
    shop.await('paid')
    expect(shop.wrongs()).toEqual([])
    shop.sql('order', `UPDATE "Outbox" SET queue = 'inventory:urgent'`)
    expect(shop.wrongs()).toEqual([])
    shop.sql('order', `UPDATE "Outbox" SET queue = 'notification'`)
    expect(shop.wrongs()).toEqual(['withoutInbox paid order.placed'])
  })

  it('that its sender has given up is a dead letter, and not lost', () => {
    unhear('paid')
    bury('order', 'inventory')
    expect(shop.wrongs()).toEqual(['deadLetter paid', 'untold paid'])
  })

  it('that was given up on the way to another is lost to this one all the same', () => {
    unhear('paid')
    bury('order', 'notification')
    expect(shop.wrongs()).toContain('withoutInbox paid order.placed')
  })

  it('is not asked for once inboxes may have forgotten it', () => {
    unhear('paid')
    age(5)
    expect(shop.wrongs()).toEqual(['withoutInbox paid order.placed'])
    age(2)
    expect(shop.wrongs()).toEqual([])
  })

  it('that is only a copy, sent once more, need not reach all who listen', () => {
    unhear('paid')
    shop.sql('order', `UPDATE "Event" SET copyOf = id WHERE id = 'paid order.placed'`)
    expect(shop.wrongs()).toEqual([])
  })

  it('whose id another service has used too is found', () => {
    shop.sql('payment', `UPDATE "Event" SET id = 'paid stock.reserved' WHERE id = 'paid payment.captured'`)
    expect(shop.wrongs()).toContain('eventTwice paid stock.reserved')
  })

  it('that happened twice under two ids is found', () => {
    shop.sql(
      'inventory',
      `INSERT INTO "Event" (id, name, subject, at, data)
      SELECT 'zwei', name, subject, at, data FROM "Event" WHERE id = 'paid stock.reserved'`,
    )
    for (const service of ['order', 'payment'] as const)
      shop.insert(service, 'Inbox', { id: 'zwei', outcome: 'done', at: 1 })
    expect(shop.wrongs()).toEqual(['eventTwice zwei'])
  })
})

describe('what a service did and has no event of', () => {
  it.each([
    ['order', 'paid', 'order.placed', []],
    ['order', 'released', 'order.cancelled', []],
    ['inventory', 'paid', 'stock.reserved', ['withoutEvent paid']], // and what order has heard is no event
    ['inventory', 'sorry', 'stock.rejected', ['withoutEvent sorry']],
    ['payment', 'paid', 'payment.captured', ['withoutEvent paid']],
    ['payment', 'refunded', 'payment.refunded', ['withoutEvent refunded']],
  ] as const)('is found: %s, %s, %s', (service, id, event, besides) => {
    shop.sql(service, `DELETE FROM "Event" WHERE id = '${id} ${event}'`)
    expect(shop.wrongs()).toEqual([`withoutEvent ${id}`, ...besides])
  })

  it('is no finding where it was done before there was a store', () => {
    shop.sql('payment', `DELETE FROM "Event" WHERE id = 'paid payment.captured'`)
    shop.sql('payment', `UPDATE "Payment" SET at = at - 1 WHERE orderId = 'paid'`)
    shop.sql('order', `UPDATE "TimelineEntry" SET at = at - 1 WHERE messageId = 'paid payment.captured'`)
    expect(shop.wrongs()).toEqual([])
  })
})

describe('an outbox row', () => {
  it('about no event is found', () => {
    shop.insert('payment', 'Outbox', { event: 999, queue: 'order', stamp: 1, pushes: 1, enqueuedAt: 1 })
    expect(shop.wrongs()).toEqual(['withoutEvent payment'])
  })
})
