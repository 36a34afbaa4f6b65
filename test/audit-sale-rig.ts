import { createHash } from 'node:crypto'
import { beforeEach } from '@jest/globals'
import { type EventName, receiversOf } from '../shared/routes.ts'
import { sendersOf } from '../shared/senders.ts'
import type { State } from '../shared/states.ts'
import { at, type SmallShop, useSmallShop } from './audit-rig.ts'

type Line = Record<string, unknown>
type Telling = [event: EventName, state: State, detail?: Line]

const PRICE = { totalCents: 900, currency: 'EUR' }
const SEED = 'a1b2'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** What becomes of somebody who was let in: the entry, its order's story, what inventory and payment have. */
type Fate = { state: string; reservation: string; payment: string | null; story: Telling[]; ledger: string[] }

const held: Telling[] = [
  ['order.placed', 'placed'],
  ['stock.reserved', 'reserved'],
]
const paid: Telling[] = [...held, ['order.tendered', 'paying', { tender: 1 }], ['payment.captured', 'paid']]
const GONE = { state: 'gone', reservation: 'released' }
const fates = {
  bought: { state: 'bought', reservation: 'reserved', payment: 'captured', story: paid, ledger: ['charge'] },
  held: { state: 'admitted', reservation: 'reserved', payment: null, story: held, ledger: [] },
  expired: {
    ...{ ...GONE, payment: null, ledger: [] },
    story: [...held, ['order.expired', 'expired'], ['stock.released', 'expired']],
  },
  refunded: {
    ...{ ...GONE, payment: 'refunded', ledger: ['charge', 'refund'] },
    story: [
      ...[...paid, ['order.cancelled', 'cancelled'] satisfies Telling],
      ...([
        ['stock.released', 'cancelled'],
        ['payment.refunded', 'refunded', { cents: 900 }],
      ] satisfies Telling[]),
    ],
  },
  'called off at once': {
    ...{ state: 'gone', reservation: 'cancelled', payment: 'cancelled', ledger: [] },
    story: [['order.cancelled', 'cancelled']],
  },
} satisfies Record<string, Fate>

/** What became of an entry: of the last two nobody was let in. */
export type Becoming = keyof typeof fates | 'waiting' | 'joined'

/**
 * A small shop with three sales: `flash` goes on, and five stand in its line; `group` has failed; `draw` is sold out. Their
 * entries are called `<sale><number>`.
 */
export function useShopWithSales(): SaleShop {
  const sales = new SaleShop(useSmallShop())
  beforeEach(() => sales.open())
  return sales
}

class SaleShop {
  readonly shop: SmallShop
  constructor(shop: SmallShop) {
    this.shop = shop
  }

  open(): void {
    this.announce('flash', { granted: 3, held: 1, bought: 2, admissions: 4 })
    for (const [i, is] of (['bought', 'expired', 'bought', 'held', 'waiting'] as const).entries())
      this.enter('flash', i + 1, is, i < 4 ? i + 1 : null)
    this.announce('group', { kind: 'group', granted: 2, spared: 2, admissions: 2 })
    this.enter('group', 1, 'refunded', 1)
    this.enter('group', 2, 'called off at once', 2)
    this.enter('group', 3, 'waiting', null)
    this.end('group', 'failed', 0)
    const drawn = { queueing: 'draw', seed: SEED, seedHash: sha256(SEED), drawsAt: at, drawnAt: at }
    this.announce('draw', { ...drawn, granted: 1, bought: 1, admissions: 1 })
    const lots = ['draw1', 'draw2', 'draw3'].sort((a, b) => (lotOf(a) < lotOf(b) ? -1 : 1))
    for (const number of [1, 2, 3]) {
      const place = lots.indexOf(`draw${number}`) + 1
      this.enter('draw', number, place === 1 ? 'bought' : 'waiting', place === 1 ? 1 : null, place)
    }
    this.end('draw', 'soldOut', 1)
  }

  /** A sale, and what inventory has set aside for it. */
  announce(id: string, more: Line): void {
    const { granted = 0, spared = 0 } = more
    const units = Number(granted) - Number(spared)
    const times = { opensAt: at, endsAt: at + 3_600_000, payWithinMs: 60_000, createdAt: at }
    const goods = { sku: 'PEN', unitPriceCents: PRICE.totalCents, currency: PRICE.currency, units: granted }
    this.shop.insert('sale', 'Sale', { id, kind: 'flash', queueing: 'line', ...goods, ...times, ...more })
    this.shop.insert('inventory', 'Allotment', { sale: id, sku: 'PEN', units, free: 0 })
    this.shop.sql('inventory', `UPDATE "Stock" SET received = received + ${units} WHERE sku = 'PEN'`)
    this.happen(id, 'sale.announced')
    this.happen(id, 'stock.allotted')
  }

  end(id: string, why: string, bought: number): void {
    const row = `endedAt = ${at}, why = '${why}'`
    this.shop.sql('sale', `UPDATE "Sale" SET ${row} WHERE id = '${id}'`)
    this.happen(id, 'sale.ended', { why, bought, units: why === 'failed' ? 2 : bought })
    if (why === 'failed') this.happen(id, 'group.failed')
  }

  /** An entry, and what became of it. */
  enter(sale: string, number: number, is: Becoming, admission: number | null, position = number): void {
    const id = `${sale}${number}`
    const fate: Fate | null = is === 'waiting' || is === 'joined' ? null : fates[is]
    const who = { buyer: 'b', mailbox: `${id}@example.com`, name: '', email: `${id}@example.com`, language: 'en' }
    const state = fate?.state ?? is
    const times = { joinedAt: at, admittedAt: admission === null ? null : at }
    this.shop.insert('sale', 'Entry', { sale, number, id, position, state, ...who, admission, ...times })
    this.shop.sql('sale', `UPDATE "Sale" SET numbers = numbers + 1 WHERE id = '${sale}'`)
    this.happen(id, 'entry.joined')
    if (fate !== null) this.#letIn(id, sale, fate)
  }

  #letIn(id: string, sale: string, { reservation, payment, story, ledger }: Fate): void {
    const { shop } = this
    const customer = { customerName: 'Ada', customerEmail: `${id}@example.com`, paymentMethod: '' }
    const times = { placedAt: at, payBy: at + 60_000 }
    shop.insert('order', 'Order', { id, state: 'placed', ...customer, ...PRICE, ...times, sale, tender: 0 })
    const line = { sku: 'PEN', quantity: 1 }
    shop.insert('order', 'OrderLine', { orderId: id, ...line, position: 0, name: 'Pen', unitPriceCents: 900 })
    shop.tell(id, 'entry.admitted', 'placed', '', { sale })
    for (const [event, state, detail = {}] of story) shop.tell(id, event, state, '', { sale, ...detail })
    if (story.length === 1) shop.unmail(id)
    const lines = JSON.stringify(reservation === 'cancelled' ? [] : [line])
    shop.insert('inventory', 'Reservation', { orderId: id, number: id, state: reservation, lines, at, sale })
    if (reservation !== 'reserved') this.happen(id, 'stock.returned', { sale })
    const totalCents = payment === 'cancelled' ? 0 : PRICE.totalCents
    const paying = { ...PRICE, totalCents, paymentMethod: '', at, chargeId: `pi_${id}`, refundId: null }
    if (payment !== null) shop.insert('payment', 'Payment', { orderId: id, number: id, state: payment, ...paying })
    for (const kind of ledger) shop.book(kind, id, { amountCents: PRICE.totalCents })
    if (ledger.length > 0) this.happen(id, 'order.paidInSale', { sale })
  }

  /** Something happens to a sale or an entry, and all who listen have heard of it. */
  happen(subject: string, name: EventName, data: Line = {}): void {
    const id = `${subject} ${name}`
    const [sender = 'sale'] = sendersOf(name)
    this.shop.insert(sender, 'Event', { id, name, subject, at, data: JSON.stringify(data) })
    for (const service of receiversOf(name)) this.shop.insert(service, 'Inbox', { id, outcome: 'done', at })
  }
}

const lotOf = (id: string) => sha256(`${SEED}:${id}`)
