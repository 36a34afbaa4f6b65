import { beforeEach, describe, expect, it } from '@jest/globals'
import { useShopWithSales } from '../audit-sale-rig.ts'

const sales = useShopWithSales()
const { shop } = sales
const inSale = (sql: string) => shop.sql('sale', sql)
const inStock = (sql: string) => shop.sql('inventory', sql)
const setSale = (id: string, what: string) => inSale(`UPDATE "Sale" SET ${what} WHERE id = '${id}'`)
const setEntry = (id: string, what: string) => inSale(`UPDATE "Entry" SET ${what} WHERE id = '${id}'`)

describe('sales where all is well', () => {
  it('are found well: one that goes on, a group that has failed, a draw that is sold out', () => {
    expect(shop.audit().findings).toEqual([])
    expect(shop.audit().isAtRest).toBe(true)
  })

  it('are counted', () => {
    expect(shop.audit().figures.sales).toEqual({
      ...{ total: 3, ended: 2, granted: 6, bought: 3, spared: 2, tickets: 11, admitted: 7, toldBoth: 0, overtaken: 0 },
    })
  })
})

describe('the counter of a sale', () => {
  it.each([
    ['a credit too many', 'credits = 1'],
    ['more than inventory was asked for', 'units = 2'],
    ['somebody held who is not', 'held = 2, bought = 1'],
    ['an admission too many', 'admissions = 5'],
    ['an entry too many', 'numbers = 6'],
  ])('with %s is found', (_what, change) => {
    setSale('flash', change)
    expect(shop.wrongs({ atRest: true })).toContain('saleCounter flash')
  })

  it('is found when the sale is over and still has credits', () => {
    setSale('group', 'credits = 1, spared = 1')
    expect(shop.wrongs()).toContain('saleCounter group')
  })

  it('is found where inventory has not said what there is, once all is at rest', () => {
    sales.announce('silent', { granted: null, units: 1 })
    expect(shop.wrongs()).toEqual(['undersold silent'])
    shop.await('paid')
    expect(shop.wrongs()).toEqual([])
  })
})

describe('units', () => {
  it('that more have bought than there were are found, whatever sale says', () => {
    setSale('draw', 'granted = 0, units = 0')
    expect(shop.wrongs()).toEqual(['allotmentDrift draw', 'oversold draw', 'saleCounter draw'])
  })

  it('that are free while somebody waits are found at rest, and excused before', () => {
    setSale('flash', 'credits = 1, granted = 4, units = 4')
    inStock(`UPDATE "Allotment" SET units = 4, free = 1 WHERE sale = 'flash'`)
    inStock(`UPDATE "Stock" SET received = received + 1 WHERE sku = 'PEN'`)
    expect(shop.wrongs()).toEqual(['undersold flash'])
    shop.await('paid')
    expect(shop.wrongs()).toEqual([])
  })

  it('that were called sold out before all were paid are found', () => {
    inSale(`UPDATE "Event" SET data = '{"units":2,"bought":1}' WHERE id = 'draw sale.ended'`)
    expect(shop.wrongs()).toEqual(['undersold draw'])
  })

  it('of a group that failed though all were bought are found', () => {
    inSale(`UPDATE "Event" SET data = '{"units":2,"bought":2}' WHERE id = 'group sale.ended'`)
    expect(shop.wrongs()).toEqual(['undersold group'])
  })

  it('that inventory has set aside and cannot account for are found', () => {
    inStock(`UPDATE "Allotment" SET free = 1 WHERE sale = 'flash'`)
    expect(shop.wrongs()).toEqual(['allotmentDrift flash'])
  })

  it('that were not given back when the sale spared them are found at rest', () => {
    inStock(`UPDATE "Allotment" SET units = 2, free = 2 WHERE sale = 'group'`)
    inStock(`UPDATE "Stock" SET received = received + 2 WHERE sku = 'PEN'`)
    expect(shop.wrongs()).toEqual(['allotmentDrift group'])
    shop.await('paid')
    expect(shop.wrongs()).toEqual([])
  })

  it('that are aside and not gone from the shelf are found', () => {
    inStock(`UPDATE "Allotment" SET units = 4, free = 1 WHERE sale = 'flash'`)
    setSale('flash', 'granted = 4, units = 4, credits = 1')
    setEntry('flash5', `state = 'gone'`)
    expect(shop.wrongs()).toContain('stockDrift PEN')
  })

  it('of a sale that does not exist are found', () => {
    inSale(`DELETE FROM "Sale" WHERE id = 'draw'`)
    expect(shop.wrongs()).toEqual(
      expect.arrayContaining(['allotmentDrift draw', 'saleCounter draw', 'wrongEntry draw2']),
    )
  })

  it('that are in reservations of a sale for which nothing is set aside are found', () => {
    inStock(`DELETE FROM "Allotment" WHERE sale = 'draw'`)
    expect(shop.wrongs()).toContain('allotmentDrift draw')
  })
})

describe('a line', () => {
  it('in which somebody was overtaken is found, by whom', () => {
    setEntry('flash2', 'admission = 3')
    setEntry('flash3', 'admission = 2')
    expect(shop.wrongs()).toEqual(['overtaken flash2'])
    expect(shop.audit().figures.sales?.overtaken).toBe(1)
  })

  it('in which somebody was left behind is found', () => {
    inSale(`UPDATE "Entry" SET position = 9, number = 9 WHERE id = 'flash3'`)
    setEntry('flash5', 'position = 3')
    expect(shop.wrongs()).toEqual(['overtaken flash4', 'overtaken flash5', 'wrongDraw flash'].sort())
  })

  it('in which one buyer stands twice, however the address is spelled, is found', () => {
    setEntry('flash4', `email = 'Flash1+again@EXAMPLE.com'`)
    shop.sql('order', `UPDATE "Order" SET customerEmail = 'flash4@example.com' WHERE id = 'flash4'`)
    expect(shop.wrongs()).toEqual(['twoForOne flash4'])
  })

  it('in which somebody was let in after the end is found, by the order of events', () => {
    inSale(`UPDATE "Event" SET seq = 1000 WHERE id = 'group1 entry.admitted'`)
    expect(shop.wrongs()).toEqual(['toldBoth group1'])
    expect(shop.audit().figures.sales?.toldBoth).toBe(1)
  })

  it('in which somebody has joined and was never read is found at rest', () => {
    setEntry('flash5', `state = 'joined'`)
    expect(shop.wrongs()).toEqual(['wrongEntry flash5'])
    shop.await('paid')
    expect(shop.wrongs()).toEqual([])
  })

  it('that goes on long after its end is found', () => {
    setSale('flash', `endsAt = ${Date.now() - 60_000}`)
    expect(shop.wrongs()).toEqual(['endless flash'])
  })
})

describe('a draw', () => {
  it('with another seed than the one whose hash was shown is found', () => {
    setSale('draw', `seed = 'c3d4'`)
    expect(shop.wrongs()).toEqual(['wrongDraw draw'])
  })

  it('whose places are not those of the seed is found', () => {
    inSale(`UPDATE "Entry" SET position = 5 - position WHERE sale = 'draw' AND admission IS NULL`)
    expect(shop.wrongs()).toEqual(['wrongDraw draw'])
  })

  it('in which somebody was let in before it was held is found', () => {
    setSale('draw', 'drawnAt = NULL')
    expect(shop.wrongs()).toEqual(['wrongDraw draw'])
  })
})

describe('an entry', () => {
  it('that was let in and has no order is found at rest', () => {
    setEntry('flash5', `admission = 5`)
    setSale('flash', 'admissions = 5')
    expect(shop.wrongs()).toContain('wrongEntry flash5')
  })

  it('that nobody has let in and has an order is found', () => {
    setEntry('flash4', 'admission = NULL')
    expect(shop.wrongs()).toContain('wrongEntry flash4')
  })

  it('that is not what its order says is found at rest, and excused before', () => {
    setEntry('flash4', `state = 'bought'`)
    setSale('flash', 'held = 0, bought = 3')
    expect(shop.wrongs()).toEqual(['wrongEntry flash4'])
    shop.await('paid')
    expect(shop.wrongs()).toEqual([])
  })

  it.each([
    ['at another price', 'unitPriceCents = 899'],
    ['of other goods', `sku = 'MUG'`],
    ['of two units', 'quantity = 2'],
  ])('whose order is %s is found', (_what, change) => {
    shop.sql('order', `UPDATE "OrderLine" SET ${change} WHERE orderId = 'flash4'`)
    expect(shop.wrongs()).toContain('wrongEntry flash4')
  })

  it('of a failed group whose order goes on is found', () => {
    sales.enter('group', 4, 'bought', 3)
    setSale('group', 'granted = 3, units = 3, bought = 1, admissions = 3')
    inStock(`UPDATE "Allotment" SET units = 1 WHERE sale = 'group'`)
    inStock(`UPDATE "Stock" SET received = received + 1 WHERE sku = 'PEN'`)
    expect(shop.wrongs()).toContain('wrongEntry group4')
  })
})

describe('an entry of somebody who has deleted their account', () => {
  const forget = (entry: string) => setEntry(entry, `account = 'ada', name = '', email = '', mailbox = id`)

  beforeEach(() => {
    const account = { id: 'ada', name: '', email: '', mailbox: null, passwordHash: '', phone: null, language: 'en' }
    shop.insert('accounts', 'Account', { ...account, createdAt: 1, deletedAt: 1 })
    sales.happen('ada', 'customer.registered', { email: '' })
    sales.happen('ada', 'customer.deleted', { email: '' })
    forget('flash5')
  })

  it('is well where it does not say any more who it was', () => {
    expect(shop.wrongs()).toEqual([])
  })

  it.each(['name', 'email', 'mailbox'])('that still has their %s is found at rest, and excused before', (what) => {
    setEntry('flash5', `${what} = 'ada@example.com'`)
    expect(shop.wrongs()).toEqual(['leftBehind flash5'])
    shop.await('paid')
    expect(shop.wrongs()).toEqual([])
  })
})

describe('an order of a sale', () => {
  it('that inventory has rejected is found, for its unit was set aside', () => {
    sales.enter('flash', 6, 'held', 5)
    shop.tell('flash6', 'stock.rejected', 'rejected')
    expect(shop.wrongs()).toContain('illegalStep flash6')
  })

  it('that nobody has admitted is found', () => {
    shop.sql('order', `UPDATE "Order" SET sale = 'flash' WHERE id = 'paid'`)
    expect(shop.wrongs()).toEqual(expect.arrayContaining(['illegalStep paid', 'wrongEntry paid']))
  })

  it('that was called off at once and of which somebody was told is found', () => {
    shop.mail('group2', 'cancelled')
    expect(shop.wrongs()).toEqual(['unexpectedMail group2'])
  })
})

describe('what must be told of sales', () => {
  it.each([
    ['sale', 'sale.announced', 'flash'],
    ['sale', 'sale.ended', 'draw'],
    ['sale', 'group.failed', 'group'],
    ['sale', 'entry.joined', 'flash5'],
    ['sale', 'entry.admitted', 'flash4'],
    ['inventory', 'stock.allotted', 'flash'],
    ['inventory', 'stock.returned', 'flash2'],
    ['inventory', 'stock.returned', 'group2'],
    ['order', 'order.paidInSale', 'flash1'],
  ] as const)('by %s, and was not, is found: %s of %s', (service, name, subject) => {
    shop.sql(service, `DELETE FROM "Event" WHERE name = '${name}' AND subject = '${subject}'`)
    expect(shop.wrongs()).toContain(`withoutEvent ${subject}`)
  })

  it.each([
    ['a unit that comes back', 'inventory', 'stock.returned', 'flash2'],
    ['somebody who is let in', 'sale', 'entry.admitted', 'flash4'],
    ['a unit that is paid', 'order', 'order.paidInSale', 'flash1'],
  ] as const)('once, and was told twice, is found: %s', (_what, service, name, subject) => {
    shop.sql(
      service,
      `INSERT INTO "Event" (id, name, subject, at, data)
      SELECT 'zwei', name, subject, at, data FROM "Event" WHERE name = '${name}' AND subject = '${subject}'`,
    )
    expect(shop.wrongs()).toContain('eventTwice zwei')
  })

  it('and was not heard is found', () => {
    inSale(`DELETE FROM "Inbox" WHERE id = 'flash2 stock.returned'`)
    expect(shop.wrongs()).toEqual(['withoutInbox flash2 stock.returned'])
  })

  it('and was given up is a dead letter that nobody has put there on purpose', () => {
    for (const subject of ['flash', 'flash5']) {
      const letter = { id: `l-${subject}`, queue: 'sale', name: 'entry.joined', subject, reason: '', body: '', at: 1 }
      shop.insert('sale', 'DeadLetter', letter)
    }
    expect(shop.wrongs({ allowDeadLetters: 9 })).toEqual(['deadLetter l-flash', 'deadLetter l-flash5'])
    expect(shop.audit().figures.messages.deadLettersOfSales).toBe(2)
  })
})
