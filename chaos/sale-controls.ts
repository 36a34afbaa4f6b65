import { type Control, inFile, times } from './control.ts'
import { crowdedSale, type SaleWish, type Shares } from './sale-wishes.ts'

const crowd = crowdedSale(600, 5)
const SHORT_MS = 5_000
/** One that ends within the run. */
const short: SaleWish = { ...crowd, kind: 'group', endsInMs: SHORT_MS, outcome: 'failed' }
const ALL_PAY = { unpaidShare: 0, offShare: 0 }
const LIMIT_MS = 40_000 // to sell the units that come back again
const held = (first: SaleWish[], shares: Shares = {}) => ({
  ...{ orders: 20, durationMs: 8_000, settleLimitMs: LIMIT_MS, payWithinMs: 4_000 },
  sale: { first, beside: 0, shares },
})

/** The first attempt at messages of which `which` is true fails, so that what was told after them is handled before them. */
const failingFirst = (file: string, which: string) =>
  inFile(
    file,
    'async apply(tx, batch, emit) {',
    `async apply(tx, batch, emit) {
      if (batch.some(({ message }) => message.attempt === 1 && ${which})) throw new Error('doctored');`,
  )

/** Rules of sales. */
export const ofSales: Control[] = [
  {
    rule: 'nobody is let in before those who came earlier have been read',
    edits: [
      inFile(
        'services/sale/admit-entries.js',
        `(SELECT MIN(position) FROM "Entry" WHERE sale = \${id} AND state = 'joined')`,
        'NULL',
      ),
      failingFirst('services/sale/hear-entries.js', '/[0-3]$/.test(message.subject)'), // they are read later
    ],
    faults: [],
    more: held([crowd]),
    tell: /audit: overtaken/,
  },
  {
    rule: 'a cancel that comes before its order gives the unit back, too',
    edits: [
      inFile('services/inventory/release-stock.js', 'if (buried.delete(tombstone.orderId))', 'if (false)'),
      failingFirst('services/inventory/reserve-stock.js', 'message.data.sale !== undefined'),
    ],
    faults: [],
    more: held([{ ...crowd, units: 20 }], { offShare: 0.4 }),
    tell: /audit: wrongEntry .*cancelled, and it is admitted/,
  },
  {
    rule: 'a unit comes back once',
    edits: [
      inFile('services/inventory/release-stock.js', 'if (buried.delete(tombstone.orderId))', ''),
      inFile(
        'services/sale/hear-stock.js',
        "WHEN state = 'admitted' THEN 1 ELSE 0",
        "WHEN state = 'bought' THEN 0 ELSE 1",
      ),
      inFile('services/sale/hear-stock.js', ` AND state IN ('admitted', 'bought') GROUP BY`, ' GROUP BY'),
    ],
    faults: [],
    more: held([crowd]),
    tell: /audit: (eventTwice|saleCounter)/,
  },
  {
    rule: 'a mailbox has one turn',
    edits: [inFile('services/sale/join-sale.js', 'mailboxOf(email)', 'mailboxOf(email) + Math.random()')],
    faults: [],
    more: held([{ ...crowd, buyers: 150 }]),
    tell: /audit: twoForOne/,
  },
  {
    rule: 'sold out is what is paid',
    edits: [inFile('services/sale/sale.js', 'bought >= granted', 'bought > 0')],
    faults: [],
    more: held([crowd]),
    tell: /audit: undersold/,
  },
  {
    rule: 'who is let in when their group has failed is called off at once',
    edits: [
      inFile('services/order/call-off-groups.js', 'await noteFailed(tx, sales, Date.now());', ''),
      failingFirst('services/order/admit-entries.js', 'true'),
    ],
    faults: [],
    more: held(
      times(4, [{ ...short, units: 200, buyers: 100, payWithinMs: 60_000, comesWithinMs: SHORT_MS + 500 }]),
      ALL_PAY,
    ),
    tell: /audit: wrongEntry .*its group has failed/,
  },
  {
    rule: 'what is paid after its end forms no group',
    edits: [
      inFile('services/sale/hear-orders.js', 'sale?.endedAt === null && isSoldOut(sale)', 'sale && isSoldOut(sale)'),
    ],
    faults: [{ atMs: 1_800, kind: 'freeze', victim: 'sale', forMs: 5_500 }],
    more: held(times(5, [{ ...short, units: 1, buyers: 2 }]), ALL_PAY),
    tell: /audit: eventTwice/,
  },
  {
    rule: 'the lots are those of the seed',
    edits: [inFile('services/sale/draw-line.js', 'a.lot < b.lot', 'a.lot > b.lot')],
    faults: [],
    more: held([{ ...crowd, order: 'draw', buyers: 60, drawsInMs: 2_500 }]),
    tell: /recomputed: .*WRONG draw/,
  },
]
