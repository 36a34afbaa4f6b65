import { describe, expect, it } from '@jest/globals'
import type { News } from '../../shared/senders.ts'
import type { State } from '../../shared/states.ts'
import { useSmallShop } from '../audit-rig.ts'

const shop = useSmallShop()

/** A message, about an order or not, was given up. */
const bury = (orderId: string | null) => {
  const name = orderId === null ? null : 'order.placed'
  const row = {
    id: `about ${orderId}`,
    queue: 'notification',
    name,
    subject: orderId,
    reason: 'poison',
    body: '',
    at: 1,
  }
  shop.insert('notification', 'DeadLetter', row)
}

/** The story of the paid order says so. */
const tell = (event: News, letter = 'about paid', state: State = 'paid') => {
  shop.tell('paid', event, state, letter)
  const detail = JSON.stringify({ letter })
  shop.sql('order', `UPDATE "TimelineEntry" SET detail = '${detail}' WHERE messageId = 'paid ${event}${letter}'`)
}

describe('a message', () => {
  it.each(['inventory', 'payment', 'notification'] as const)('that %s never put down is found', (service) => {
    shop.sql(service, `DELETE FROM "Inbox" WHERE id LIKE 'released %' AND id LIKE '%order.cancelled%'`)
    expect(shop.wrongs()).toEqual(['withoutInbox released order.cancelled'])
  })

  it('in an outbox means that not all is at rest, and is found where all is said to be', () => {
    shop.await('paid')
    expect(shop.audit().isAtRest).toBe(false)
    expect(shop.wrongs()).toEqual([])
    expect(shop.wrongs({ atRest: true })).toEqual(['unrest paid order.placed'])
  })

  it('for a service that the shop does without may wait, and lets all be at rest', () => {
    const event = { id: 'told', name: 'stock.changed', subject: 'MUG-001', at: Date.now(), data: '{}' }
    shop.insert('inventory', 'Event', event)
    shop.sql(
      'inventory',
      `INSERT INTO "Outbox" (event, queue, stamp, pushes, "enqueuedAt")
      SELECT seq, 'live', 0, 0, at FROM "Event" WHERE id = 'told'`,
    )
    expect(shop.audit().isAtRest).toBe(false)

    shop.drop('live')

    expect(shop.audit().isAtRest).toBe(true)
    expect(shop.wrongs({ atRest: true })).toEqual([])
  })
})

describe('a dead letter', () => {
  it('about an order is found however many are allowed', () => {
    bury('paid')
    tell('message.buried')
    expect(shop.wrongs({ allowDeadLetters: 99 })).toEqual(['deadLetter paid'])
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
    tell('message.buried')
    shop.sql('notification', `UPDATE "DeadLetter" SET replayedAt = 1`)
    tell('message.replayed')
    expect(shop.wrongs()).toEqual([])
  })

  it('that a person has put away is dealt with, counted, and stands in the story of its order', () => {
    bury('paid')
    tell('message.buried')
    shop.sql('notification', `UPDATE "DeadLetter" SET discardedAt = 1, closedBy = 'token', closedWhy = 'called'`)
    expect(shop.wrongs()).toEqual(['untold paid'])

    tell('message.discarded')
    expect(shop.wrongs()).toEqual([])
    expect(shop.audit().figures.messages.deadLettersPutAway).toBe(1)
  })

  it('that is put away excuses the mail that it asked for, and nothing else', () => {
    bury('paid')
    for (const event of ['message.buried', 'message.discarded'] as const) tell(event)
    shop.sql('notification', `UPDATE "DeadLetter" SET discardedAt = 1`)
    shop.unmail('paid')
    shop.mail('paid', 'paid')
    expect(shop.wrongs()).toEqual([])

    shop.sql('notification', `UPDATE "DeadLetter" SET name = 'payment.captured'`)
    expect(shop.wrongs()).toContain('missingMail paid')
  })

  it('that the story of its order does not tell of is found, and so is one that was replayed in silence', () => {
    bury('paid')
    tell('message.buried', 'another letter')
    expect(shop.wrongs()).toEqual(['deadLetter paid', 'untold paid'])

    tell('message.buried')
    shop.sql('notification', `UPDATE "DeadLetter" SET replayedAt = 1`)
    expect(shop.wrongs()).toEqual(['untold paid'])
  })

  it('that is the news of another letter need not be told of', () => {
    bury('paid')
    shop.sql('notification', `UPDATE "DeadLetter" SET name = 'message.buried'`)
    expect(shop.wrongs()).toEqual(['deadLetter paid'])
  })

  it('may be told of more than once, for it may be given up again, and never moves its order', () => {
    for (const letter of ['one', 'two']) tell('message.buried', letter)
    expect(shop.wrongs()).toEqual([])
    tell('message.buried', 'three', 'declined')
    expect(shop.wrongs()).toContain('illegalStep paid')
  })
})
