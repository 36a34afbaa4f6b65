import { beforeEach, describe, expect, it } from '@jest/globals'
import { type EventName, receiversOf } from '../../shared/routes.ts'
import { sendersOf } from '../../shared/senders.ts'
import { at, useSmallShop } from '../audit-rig.ts'

const shop = useSmallShop()
const inLive = (sql: string) => shop.sql('live', sql)

/** Something happens, all who listen have heard of it, and live keeps it where those who watch find it. */
function happen(id: string, name: EventName, subject: string, data: object): void {
  const [sender = 'order'] = sendersOf(name)
  shop.insert(sender, 'Event', { id, name, subject, at, data: JSON.stringify(data) })
  for (const service of receiversOf(name)) shop.insert(service, 'Inbox', { id, outcome: 'done', at })
}
const keepOn = (event: string, topic: string, kind: EventName) =>
  shop.insert('live', 'Topic', { topic, event, at, kind, data: '{}' })
const keepNow = (event: string, topic: string, kind: EventName, revision: number, data: object) =>
  shop.insert('live', 'Latest', { topic, seq: 1, revision, event, at, kind, data: JSON.stringify(data) })

beforeEach(() => {
  for (const [i, id] of ['welcome', 'open'].entries()) {
    shop.insert('notification', 'News', { id, title: 'We are open', text: '', at })
    happen(`news-${i}`, 'news.posted', id, { title: 'We are open', text: '' })
    keepOn(`news-${i}`, 'news', 'news.posted')
  }
  for (const said of [1, 2]) {
    happen(`said-${said}`, 'room.said', 'flash', { said, name: 'Ada', text: 'Hello' })
    keepOn(`said-${said}`, 'room:flash', 'room.said')
  }
  shop.sql('inventory', `UPDATE "Stock" SET told = available, toldAt = ${at}, tellings = 2`)
  for (const [sku, available, before] of [
    ['MUG', 8, 9],
    ['PEN', 5, 5],
  ] as const) {
    happen(`stock-${sku}-1`, 'stock.changed', sku, { available: before, revision: 1 })
    happen(`stock-${sku}-2`, 'stock.changed', sku, { available, revision: 2 })
    keepNow(`stock-${sku}-2`, `stock:${sku}`, 'stock.changed', 2, { sku, available })
  }
  const price = { priceCents: 900, wasCents: 1_800, currency: 'EUR' }
  const mug = { sku: 'MUG-001', name: 'Mug', description: '', position: 1, currency: 'EUR' }
  shop.insert('order', 'Product', { ...mug, priceCents: 900 })
  shop.insert('order', 'PriceChange', { sku: 'MUG-001', ...price, at })
  happen('price-1', 'price.changed', 'MUG-001', { ...price, revision: 1 })
  keepNow('price-1', 'price:MUG-001', 'price.changed', 1, { sku: 'MUG-001', ...price })
})

describe('what those who watch are told', () => {
  it('is found well where it is what was said', () => {
    expect(shop.wrongs({ atRest: true })).toEqual([])
  })

  it.each([
    ['a piece of news', 'news-1'],
    ['what was said in a room', 'said-2'],
  ])('is found to lack %s that live has heard', (_what, event) => {
    inLive(`DELETE FROM "Topic" WHERE event = '${event}'`)
    expect(shop.wrongs()).toEqual([`unwatched ${event}`])
  })

  it('is found in the wrong room', () => {
    inLive(`UPDATE "Topic" SET topic = 'room:other' WHERE event = 'said-1'`)
    expect(shop.wrongs()).toEqual(['unwatched said-1'])
  })

  it('is found where nobody has said it', () => {
    keepOn('said-3', 'room:flash', 'room.said')
    expect(shop.wrongs({ atRest: true })).toEqual(['withoutEvent said-3'])
  })

  it('is found where it is not the newest stock, or was never told', () => {
    inLive(`UPDATE "Latest" SET event = 'stock-MUG-1', data = '{"sku":"MUG","available":9}' WHERE topic = 'stock:MUG'`)
    inLive(`DELETE FROM "Latest" WHERE topic = 'stock:PEN'`)
    expect(shop.wrongs()).toEqual(['stale stock:MUG', 'stale stock:PEN'])
  })

  it('is found where it is another price than its event says', () => {
    inLive(`UPDATE "Latest" SET data = '{"sku":"MUG-001","priceCents":901}' WHERE topic = 'price:MUG-001'`)
    expect(shop.wrongs()).toEqual(['stale price:MUG-001'])
  })

  it('may be newer than its sender’s file was read', () => {
    keepNow('stock-MUG-3', 'stock:CAP', 'stock.changed', 3, { sku: 'CAP', available: 1 })
    expect(shop.wrongs()).toEqual([])
  })
})

describe('what is told of stock and prices', () => {
  it('is found at rest where more are free, or fewer, than were told; while all is at work it may still be told', () => {
    shop.sql('inventory', `UPDATE "Stock" SET available = 4, received = received - 1 WHERE sku = 'PEN'`)
    expect(shop.wrongs()).toEqual([])
    expect(shop.wrongs({ atRest: true })).toEqual(['stale PEN'])
  })

  it('is found where its event says something else than was noted as told', () => {
    shop.sql('inventory', `UPDATE "Stock" SET told = 3 WHERE sku = 'PEN'`)
    expect(shop.wrongs()).toEqual(['stale PEN'])
  })

  it('is found where a price was changed and nobody was told', () => {
    shop.sql('order', `UPDATE "Product" SET priceCents = 1000 WHERE sku = 'MUG-001'`)
    expect(shop.wrongs()).toEqual(['stale MUG-001'])
  })

  it.each([
    ['news', 'notification', 'news.posted', 'open'],
    ['a price', 'order', 'price.changed', 'MUG-001'],
    ['stock', 'inventory', 'stock.changed', 'PEN'],
  ] as const)('is found where there is no event of it: %s', (_what, service, name, subject) => {
    shop.sql(service, `DELETE FROM "Event" WHERE name = '${name}' AND subject = '${subject}'`)
    expect(shop.wrongs()).toContain(`withoutEvent ${subject}`)
  })
})

describe('a live service', () => {
  it('that has not heard what its sender says it has told is found', () => {
    inLive(`DELETE FROM "Inbox" WHERE id = 'said-2'`)
    expect(shop.wrongs()).toEqual(['withoutInbox said-2'])
  })

  it('that has lost its database, and is about to be told everything again, is well until all is said to be done', () => {
    inLive(`DELETE FROM "Inbox"`)
    inLive(`DELETE FROM "Topic"`)
    inLive(`DELETE FROM "Latest"`)
    inLive(`INSERT INTO "Meta" VALUES ('id', 'new')`)
    const heard = JSON.stringify({ names: [], database: 'old', pass: null })
    for (const sender of ['order', 'inventory', 'sale', 'notification'] as const)
      shop.insert(sender, 'Meta', { key: 'heard:live', value: heard })

    expect(shop.wrongs()).toEqual([])
    expect(shop.wrongs({ atRest: true })).toContain('withoutInbox said-2')
  })

  it('may be told history just now, and is found where it lacks what it has been told', () => {
    inLive(`DELETE FROM "Inbox" WHERE id IN ('said-1', 'said-2')`)
    inLive(`DELETE FROM "Topic" WHERE topic = 'room:flash'`)
    inLive(`INSERT INTO "Meta" VALUES ('id', 'new')`)
    const pass = { names: ['room.said'], after: 1 }
    shop.insert('sale', 'Meta', { key: 'heard:live', value: JSON.stringify({ names: [], database: 'new', pass }) })

    expect(shop.wrongs()).toEqual(['withoutInbox said-1'])
  })
})
