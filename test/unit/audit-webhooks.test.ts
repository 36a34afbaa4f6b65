import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { newId } from '../../shared/protocol/new-id.ts'
import { type EventName, receiversOf } from '../../shared/routes.ts'
import { at, useSmallShop } from '../audit-rig.ts'

const shop = useSmallShop()

let seq = 0 // beyond those of the small shop

/** An event of order's, as it keeps it; all who listen to it have heard of it. */
const happened = (id: string, name: EventName = 'order.placed') => {
  shop.insert('order', 'Event', { seq: ++seq, id, name, subject: id, at, data: '{}' })
  for (const service of receiversOf(name)) shop.insert(service, 'Inbox', { id, outcome: 'done', at })
}

const due = (event: string) => JSON.stringify({ subscription: 's', told: { id: event } })
const posted = (event: string, copyOf: string | null = null) =>
  shop.insert('webhooks', 'Event', { id: newId(), name: 'webhook.due', subject: 'paid', at, data: due(event), copyOf })
const noted = (event: string, doneAt: number | null) =>
  shop.insert('webhooks', 'Delivery', { subscription: 's', event, name: 'order.placed', dueAt: at, doneAt })

/** Subscribed since before two events, of which the subscriber has taken the first and been told of both. */
let [first, second] = ['', '']
beforeEach(() => {
  seq = 1_000
  const one = { id: 's', key: 'k', fingerprint: '', url: 'https://example.com', secret: '', createdAt: at - 1_000 }
  ;[first, second] = [newId(), newId()]
  shop.insert('webhooks', 'Subscription', { ...one, events: '["order.placed"]' })
  for (const event of [first, second]) happened(event)
  for (const event of [first, second]) posted(event)
  noted(first, at)
  noted(second, null)
  shop.insert('webhooks', 'Outbox', { event: 2, queue: 'webhooks', stamp: 1, pushes: 1, enqueuedAt: at })
  shop.insert('webhooks', 'Place', { subscription: 's', sender: 'order', seq })
})

describe('what subscribers are told', () => {
  it('is well when it is taken or on its way, and is no unrest of the shop', () => {
    const { findings, isAtRest, figures } = shop.audit()

    expect([findings, isAtRest]).toEqual([[], true])
    expect(figures.webhooks).toEqual({ subscriptions: 1, due: 2, taken: 1 })
  })

  it('is well when it is given up with a reason', () => {
    shop.sql('webhooks', `DELETE FROM "Outbox"`)
    const letter = { id: 'l', queue: 'webhooks', name: 'webhook.due', subject: 'paid', reason: 'answered 500', at }
    shop.insert('webhooks', 'DeadLetter', { ...letter, body: `{"data":${due(second)}}` })

    expect(shop.wrongs()).toEqual([])
  })

  it('is found when it was lost on its way', () => {
    shop.sql('webhooks', `DELETE FROM "Outbox"`)

    expect(shop.wrongs()).toEqual([`unposted s ${second}`])
  })

  it('is found when it was passed over, but not what nobody asked for, or came before', () => {
    const [missed, unwanted, later] = [newId(), newId(), newId()]
    const before = '00000000-0000-7000-8000-000000000000'
    for (const id of [missed, before]) happened(id)
    happened(unwanted, 'order.cancelled')
    shop.sql('webhooks', `UPDATE "Place" SET seq = ${seq}`)
    happened(later)

    expect(shop.wrongs()).toEqual([`unposted s ${missed}`])
  })

  it('is not what payment only notes to itself', () => {
    shop.sql('webhooks', `UPDATE "Subscription" SET events = '[]'`)
    const told = { id: newId(), name: 'gateway.told', subject: 'paid', at, data: '{"told":"re_1"}' }
    shop.insert('payment', 'Event', { seq: 2_000, ...told })
    shop.insert('payment', 'Inbox', { id: told.id, outcome: 'done', at })
    shop.insert('webhooks', 'Place', { subscription: 's', sender: 'payment', seq: 2_000 })

    expect(shop.wrongs().filter((wrong) => wrong.includes(told.id))).toEqual([])
  })

  it('is found when it became due twice, but not when it was replayed', () => {
    posted(first, 'copy')
    expect(shop.wrongs()).toEqual([])

    posted(first)
    expect(shop.wrongs()).toEqual([`appliedTwice s ${first}`])
  })

  it('is not asked for in a shop that has never had subscribers', () => {
    shop.save()
    for (const end of ['', '-wal', '-shm']) rmSync(join(shop.dataDir, `webhooks.db${end}`), { force: true })

    expect(shop.wrongs()).toEqual([])
  })
})
