import { describe, expect, it } from '@jest/globals'
import { useSmallShop } from '../audit-rig.ts'

const shop = useSmallShop('with orders that wait')

const MINUTE_MS = 60_000
const payBy = (orderId: string, ms: number) =>
  shop.sql('order', `UPDATE "Order" SET payBy = ${ms} WHERE id = '${orderId}'`)
const pay = (orderId: string, change: string) =>
  shop.sql('payment', `UPDATE "Payment" SET ${change} WHERE orderId = '${orderId}'`)
const withoutLines = (kind: string, orderId: string) => {
  shop.ledger = shop.ledger.filter((entry) => entry.kind !== kind || entry.orderId !== orderId)
}
/** Of everything in which one means of payment of an order is counted. */
const recount = (orderId: string, event: string, tender: number) => {
  const change = `SET detail = '{"tender":${tender}}' WHERE orderId = '${orderId}' AND event = '${event}'`
  shop.sql('order', `UPDATE "TimelineEntry" ${change}`)
}

describe('a shop with orders that wait', () => {
  it('is at rest and well, and says how many wait', () => {
    const { findings, isAtRest, figures } = shop.audit()
    expect(findings).toEqual([])
    expect(isAtRest).toBe(true)
    expect(figures.orders).toMatchObject({ waiting: 3, onTheirWay: 0 })
  })
})

describe('an order whose time to pay is over', () => {
  it.each(['waiting', 'unlucky'])('and that still holds its goods is found: %s', (orderId) => {
    payBy(orderId, Date.now() - MINUTE_MS)
    expect(shop.wrongs()).toEqual([`overdue ${orderId}`])
  })

  it('has some seconds, for its service may just be starting', () => {
    payBy('waiting', Date.now() - 1_000)
    expect(shop.wrongs()).toEqual([])
  })

  it('and whose challenge nobody has ended is found where all is said to be done; else the gateway may be away', () => {
    payBy('challenged', Date.now() - MINUTE_MS)
    expect(shop.wrongs()).toEqual([])
    expect(shop.wrongs({ atRest: true })).toEqual(['overdue challenged'])
  })

  it('and that expires while money is under way is found', () => {
    shop.tell('challenged', 'order.expired', 'expired')
    shop.tell('challenged', 'stock.released', 'expired')
    shop.sql('inventory', `UPDATE "Reservation" SET state = 'released' WHERE orderId = 'challenged'`)
    shop.sql('inventory', `UPDATE "Stock" SET received = received - 2 WHERE sku = 'MUG'`)
    expect(shop.wrongs()).toEqual(['illegalStep challenged', 'leftOpen challenged', 'wrongPayment challenged'])
  })

  it('and that was charged all the same is found', () => {
    shop.book('charge', 'expired')
    expect(shop.wrongs()).toEqual(['chargedWithoutCause expired', 'paymentUnlikeLedger expired'])
  })

  it('and whose stock never came back is found', () => {
    shop.sql('inventory', `UPDATE "Reservation" SET state = 'reserved' WHERE orderId = 'lapsed'`)
    shop.sql('inventory', `UPDATE "Stock" SET available = available - 2 WHERE sku = 'MUG'`)
    expect(shop.wrongs()).toEqual(['wrongReservation lapsed'])
  })
})

describe('the story of an order with several means of payment', () => {
  it('in which one of them is declined twice is found, though two may be declined', () => {
    shop.tell('unlucky', 'order.tendered', 'paying', '2', { tender: 2 })
    shop.tell('unlucky', 'payment.declined', 'declined', '2', { tender: 2 })
    expect(shop.wrongs()).toEqual([])

    recount('unlucky', 'payment.declined', 1)
    expect(shop.wrongs()).toContain('illegalStep unlucky')
  })

  it.each([
    ['second', 'order.tendered', 3],
    ['later', 'order.tendered', 2],
    ['second', 'payment.declined', 2],
    ['challenged', 'payment.challenged', 2],
  ])('that counts wrongly is found: %s, %s as number %i', (orderId, event, tender) => {
    recount(orderId, event, tender)
    expect(shop.wrongs()).toContain(`illegalStep ${orderId}`)
  })

  it('and that is offered a card while one is under way is found', () => {
    shop.tell('challenged', 'order.tendered', 'paying', '2', { tender: 2 })
    expect(shop.wrongs()).toEqual(['illegalStep challenged'])
  })

  it('that expires though it never waited is found', () => {
    shop.tell('partly', 'order.expired', 'expired')
    expect(shop.wrongs()).toContain('illegalStep partly')
  })

  it('whose card was taken and never told to payment is found', () => {
    shop.sql('order', `DELETE FROM "Event" WHERE id LIKE 'second order.tendered%'`)
    expect(shop.wrongs()).toEqual(['withoutEvent second'])
  })
})

describe('an event that happened twice', () => {
  it.each([
    ['order', 'second', 'order.tendered', '{"tender":2}'],
    ['payment', 'second', 'payment.declined', '{"tender":1}'],
    ['payment', 'partly', 'payment.refunded', '{"refundId":"re_part"}'],
    ['payment', 'disputed', 'payment.disputed', '{"dispute":"du_1","status":"opened"}'],
  ] as const)('is found by what it is about: %s, %s, %s', (service, orderId, event, data) => {
    const row = { id: 'zwei', name: event, subject: orderId, at: Date.now(), data }
    shop.insert(service, 'Event', row)
    for (const listener of ['order', 'payment', 'notification'] as const)
      shop.insert(listener, 'Inbox', { id: 'zwei', outcome: 'done', at: 1 })
    expect(shop.wrongs()).toEqual(['eventTwice zwei'])
  })

  it('is none where it is about another one', () => {
    const row = { name: 'payment.disputed', subject: 'disputed', at: Date.now() }
    shop.insert('payment', 'Event', { ...row, id: 'zwei', data: '{"dispute":"du_1","status":"won"}' })
    shop.insert('order', 'Inbox', { id: 'zwei', outcome: 'done', at: 1 })
    expect(shop.wrongs()).toEqual([])
  })

  it('at the gateway is found, however often it was told', () => {
    shop.insert('payment', 'Told', { id: 'evt_1', type: 'charge.refunded', object: 'ch_1', at: Date.now() })
    for (const id of ['one', 'zwei']) {
      shop.insert('payment', 'Event', {
        id,
        name: 'gateway.told',
        subject: 'later',
        at: Date.now(),
        data: '{"told":"evt_1"}',
      })
      shop.insert('payment', 'Inbox', { id, outcome: 'done', at: 1 })
    }
    expect(shop.wrongs()).toEqual(['eventTwice zwei'])
  })

  it('at the gateway is found where nothing keeps it from being taken twice', () => {
    const data = '{"told":"evt_1"}'
    shop.insert('payment', 'Event', { id: 'one', name: 'gateway.told', subject: 'later', at: Date.now(), data })
    shop.insert('payment', 'Inbox', { id: 'one', outcome: 'done', at: 1 })
    expect(shop.wrongs()).toEqual(['withoutInbox one'])
  })
})

describe('the money of an order', () => {
  it('that went back in part, behind its back, is found', () => {
    shop.book('refund', 'later', { refundId: 're_x', amountCents: 1, at: Date.now() })
    expect(shop.wrongs()).toEqual([]) // payment may just be hearing of it
    expect(shop.wrongs({ atRest: true })).toEqual(['unlearnt later', 'wrongMoney later'])
  })

  it('that did not go back, though the order says so, is found', () => {
    withoutLines('refund', 'partly')
    expect(shop.wrongs()).toEqual(['paymentUnlikeLedger partly', 'wrongMoney partly'])
  })

  it('that went back in full while the order is paid is found', () => {
    shop.sql('order', `UPDATE "Order" SET state = 'paid' WHERE id = 'returned'`)
    expect(shop.wrongs()).toContain('wrongMoney returned')
  })

  it('whose refund has failed at the gateway is found', () => {
    shop.book('refund', 'returned', { refundId: 're_rest', amountCents: 3_000, status: 'failed' })
    expect(shop.wrongs({ atRest: true })).toEqual(['unlearnt returned', 'wrongMoney returned'])
  })

  it('whose refund has failed is a matter for a person, once payment and the order know', () => {
    shop.book('refund', 'returned', { refundId: 're_rest', amountCents: 3_000, status: 'failed' })
    shop.sql('payment', `UPDATE "Refund" SET status = 'failed' WHERE id = 're_rest'`)
    shop.sql('order', `UPDATE "Order" SET refundedCents = 600 WHERE id = 'returned'`)
    pay('returned', `state = 'captured'`)
    expect(shop.wrongs({ atRest: true })).toEqual(['wrongMoney returned', 'wrongPayment returned'])
    shop.tell('returned', 'payment.refundRefused', 'refunded', '', { cents: 3_000 })
    expect(shop.wrongs({ atRest: true })).toEqual([])
  })

  it('that the bank has taken back is not kept by us, until it is won', () => {
    expect(shop.wrongs({ atRest: true })).toEqual([])
    shop.book('dispute', 'seized', { disputeId: 'du_2', status: 'won', amountCents: 3_600, at: Date.now() })
    expect(shop.wrongs({ atRest: true })).toContain('unrefunded seized')
  })

  it.each(['second', 'partly'])('that was taken twice, by two payments, is found: %s', (orderId) => {
    shop.book('charge', orderId, { intentId: 'pi_anew' })
    expect(shop.wrongs()).toEqual([`doubleCharged ${orderId}`])
  })

  it('that waits, and was taken without being asked for, is found', () => {
    shop.book('charge', 'waiting')
    expect(shop.wrongs()).toEqual(['chargedWithoutCause waiting'])
  })

  it('that was taken while payment waits for the customer is found where all is said to be done', () => {
    shop.book('charge', 'challenged')
    expect(shop.wrongs({ atRest: true })).toEqual(['unlearnt challenged'])
  })
})

describe('a payment at the gateway', () => {
  it.each([
    ['of an order that is expired', 'lapsed', 'cancel'],
    ['of an order that was paid by another one', 'hosted', 'session'],
  ])('%s and that could still be made is found', (_what, orderId, kind) => {
    const [first] = shop.ledger.filter((entry) => entry.kind === kind && entry.orderId === orderId)
    withoutLines(kind, orderId)
    if (kind === 'session') shop.ledger.push({ ...first })
    expect(shop.wrongs()).toEqual([`leftOpen ${orderId}`])
  })

  it('that was begun anew beside the first is found', () => {
    shop.book('open', 'later', { intentId: 'pi_anew', status: 'requires_action' })
    expect(shop.wrongs()).toEqual(['leftOpen later'])
  })

  it('that a bank is processing nobody can stop', () => {
    shop.book('open', 'expired', { status: 'processing' })
    expect(shop.wrongs()).toEqual([])
  })
})

describe('what the gateway knows and payment has not learnt', () => {
  it('is found: a dispute', () => {
    shop.book('dispute', 'disputed', { disputeId: 'du_1', status: 'lost' })
    expect(shop.wrongs({ atRest: true })).toEqual(['unlearnt disputed'])
  })

  it('is excused for two minutes, unless all is said to be done', () => {
    shop.book('dispute', 'disputed', { disputeId: 'du_1', status: 'lost', at: Date.now() - MINUTE_MS })
    expect(shop.wrongs()).toEqual([])
    shop.ledger = shop.ledger.map((entry) =>
      entry.status === 'lost' ? { ...entry, at: Date.now() - 3 * MINUTE_MS } : entry,
    )
    expect(shop.wrongs()).toEqual(['unlearnt disputed'])
  })
})

describe('a refund that was asked for', () => {
  const ask = (asked: string) => shop.tell('partly', 'order.refundAsked', 'paid', asked, { asked, cents: 600 })

  it('and has no answer is found, and one that was made or refused is not', () => {
    ask('one')
    expect(shop.wrongs()).toEqual(['untold partly'])
    shop.tell('partly', 'payment.refundRefused', 'paid', 'one', { asked: 'one', cents: 600 })
    expect(shop.wrongs()).toEqual([])
  })

  it('is told to its customer, each by a mail of its own', () => {
    shop.mailbox = shop.mailbox.filter(({ messageId }) => !String(messageId).includes('re_rest'))
    expect(shop.wrongs()).toEqual(['undeliveredMail returned'])
    shop.sql('notification', `DELETE FROM "Mail" WHERE messageId LIKE '%re_rest%'`)
    expect(shop.wrongs()).toEqual(['missingMail returned'])
  })
})

describe('an order of before there were deadlines', () => {
  it('may be charged while it is reserved', () => {
    expect(shop.wrongs()).toEqual([]) // all those of the small shop are such orders
  })

  it('and one that has a deadline may not go its ways', () => {
    payBy('declined', Date.now() + MINUTE_MS)
    expect(shop.wrongs()).toContain('illegalStep declined')
    pay('declined', `state = 'declined'`)
  })
})
