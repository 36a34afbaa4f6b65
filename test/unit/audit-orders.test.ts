import { describe, expect, it } from '@jest/globals'
import { useSmallShop } from '../audit-rig.ts'

const shop = useSmallShop()

describe('an order', () => {
  it('that its customer was told of and that is not in the books is found', () => {
    expect(shop.wrongs({ accepted: ['paid', 'vanished', 'rejected'] })).toEqual(['lost vanished'])
  })

  it('that only its idempotency key remembers is found', () => {
    shop.insert('order', 'IdempotencyKey', { key: 'k', fingerprint: 'f', orderId: 'vanished', at: 1 })
    expect(shop.wrongs()).toEqual(['lost vanished'])
  })

  it('that was taken out of the books is found by everything it left behind', () => {
    shop.sql('order', `PRAGMA foreign_keys = OFF; DELETE FROM "Order" WHERE id = 'rejected'`)
    expect(shop.wrongs()).toEqual([
      'lost rejected',
      'withoutOrder OL-1000002', // mails in the mailbox; below its lines and steps, reservation, mails noted, contact
      ...Array.from({ length: 4 }, () => 'withoutOrder rejected'),
    ])
  })

  it('whose booking failed has left a gap in the numbers, and nothing is amiss', () => {
    shop.sql('order', `UPDATE "Order" SET seq = seq + 1000 WHERE id = 'refunded'`)
    const isItsOwn = ({ orderNumber }: { orderNumber?: unknown }) => orderNumber === 'OL-1000009'
    shop.mailbox = shop.mailbox.map((mail) => (isItsOwn(mail) ? { ...mail, orderNumber: 'OL-1001009' } : mail))
    expect(shop.wrongs()).toEqual([])
  })

  it('that stays where it is while all is at rest is found', () => {
    shop.place('waiting')
    expect(shop.wrongs()).toEqual(['stuck waiting'])
  })

  it('that is reserved and that no message carries is found in a busy shop too', () => {
    shop.place('waiting')
    shop.await('paid')
    const { isAtRest } = shop.audit()
    expect(isAtRest).toBe(false)
    expect(shop.wrongs()).toEqual(['stuck waiting'])
  })

  it('that a message carries is on its way, unless all is said to be at rest', () => {
    shop.place('waiting')
    shop.await('waiting')
    expect(shop.wrongs()).toEqual([])
    expect(shop.wrongs({ atRest: true })).toEqual(['stuck waiting', 'unrest waiting order.placed'])
  })

  it('whose total is not that of its lines is found', () => {
    shop.sql('order', `UPDATE "OrderLine" SET unitPriceCents = 1 WHERE orderId = 'declined'`)
    expect(shop.wrongs()).toEqual(['wrongTotal declined'])
  })
})

describe('the timeline of an order', () => {
  it('that goes on after its end is found', () => {
    shop.tell('rejected', 'payment.declined', 'rejected')
    expect(shop.wrongs()).toEqual(['illegalStep rejected', 'unexpectedMail rejected'])
  })

  it('that leaves a final state, be it for a moment, is found', () => {
    shop.sql('order', `UPDATE "TimelineEntry" SET state = 'paid' WHERE messageId = 'hasty stock.reserved'`)
    expect(shop.wrongs()).toEqual(['illegalStep hasty'])
  })

  it('in which something happens twice is found', () => {
    shop.tell('paid', 'stock.reserved', 'paid', 'again')
    expect(shop.wrongs()).toEqual(['eventTwice paid stock.reservedagain', 'illegalStep paid'])
  })

  it('that ends in another state than the order is in is found', () => {
    shop.sql('order', `UPDATE "TimelineEntry" SET state = 'reserved' WHERE messageId = 'sorry stock.rejected'`)
    expect(shop.wrongs()).toEqual(['illegalStep sorry', 'wrongState sorry'])
  })

  it('that is missing is found', () => {
    shop.sql('order', `DELETE FROM "TimelineEntry" WHERE orderId = 'cancelled'`)
    expect(shop.wrongs()).toEqual(['wrongState cancelled'])
  })

  it('that lacks what another service did is found', () => {
    shop.sql('order', `DELETE FROM "TimelineEntry" WHERE messageId = 'released stock.reserved'`)
    expect(shop.wrongs()).toEqual(['untold released'])
  })

  it.each(['declined', 'released', 'refunded'])('that is %s and lacks that its stock came back is found', (id) => {
    shop.sql('order', `DELETE FROM "TimelineEntry" WHERE messageId = '${id} stock.released'`)
    expect(shop.wrongs()).toEqual([`untold ${id}`])
  })

  it('with a step that no message answers for is found', () => {
    shop.sql('order', `DELETE FROM "Inbox" WHERE id = 'paid payment.captured'`)
    expect(shop.wrongs()).toEqual(['withoutInbox paid', 'withoutInbox paid payment.captured'])
  })

  it('with two steps on one message is found', () => {
    shop.sql(
      'order',
      `UPDATE "TimelineEntry" SET messageId = 'paid payment.captured' WHERE messageId = 'paid stock.reserved'`,
    )
    expect(shop.wrongs()).toEqual(['appliedTwice paid', 'withoutEvent paid'])
  })

  it('of an order that does not exist is found', () => {
    shop.insert('order', 'TimelineEntry', { orderId: 'ghost', event: 'x', service: 'order', state: 'x', at: 1 })
    expect(shop.wrongs()).toEqual(['withoutOrder ghost'])
  })
})
