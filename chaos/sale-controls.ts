import { type Control, inFile, series, times } from './control.ts'
import { crowdedSale, type SaleWish } from './sale-wishes.ts'

const crowd = crowdedSale(600, 5)
const SHORT_MS = 5_000
/** One that ends within the run. */
const short: SaleWish = { ...crowd, kind: 'group', endsInMs: SHORT_MS, outcome: 'failed' }
const LIMIT_MS = 40_000 // to sell the units that come back again
const held = (first: SaleWish[], unpaidShare = 0.25) => ({
  ...{ orders: 20, durationMs: 8_000, settleLimitMs: LIMIT_MS, payWithinMs: 4_000 },
  sale: { first, beside: 0, unpaidShare },
})

const FIRST_ATTEMPTS_FAIL = `if (batch.some(({ message }) => message.attempt === 1)) throw new Error('doctored')`

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
    ],
    faults: series(400, times(8, [{ kind: 'shuffle', service: 'sale', holdMs: 350, seed: 7 }])),
    more: held([{ ...crowd, buyers: 3_000 }]),
    tell: /audit: overtaken/,
  },
  {
    rule: 'a cancel that comes before its order gives the unit back, too',
    edits: [inFile('services/inventory/release-stock.js', 'if (buried.delete(tombstone.orderId))', 'if (false)')],
    faults: series(900, times(6, [{ kind: 'freeze', victim: 'inventory', forMs: 700 }])),
    more: held([{ ...crowd, units: 40, payWithinMs: 2_000 }]),
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
      inFile('services/order/call-off-groups.js', 'await noteFailed(tx, sales, now);', ''),
      inFile(
        'services/order/admit-entries.js',
        'const now = Date.now();',
        `const now = Date.now(); ${FIRST_ATTEMPTS_FAIL}`,
      ),
    ],
    faults: [],
    more: held(
      times(4, [{ ...short, units: 200, buyers: 100, payWithinMs: 60_000, comesWithinMs: SHORT_MS + 500 }]),
      0,
    ),
    tell: /audit: wrongEntry .*its group has failed/,
  },
  {
    rule: 'what is paid after its end forms no group',
    edits: [
      inFile('services/sale/hear-orders.js', 'sale?.endedAt === null && isSoldOut(sale)', 'sale && isSoldOut(sale)'),
    ],
    faults: [{ atMs: 1_800, kind: 'freeze', victim: 'sale', forMs: 5_500 }],
    more: held(times(5, [{ ...short, units: 1, buyers: 2 }]), 0),
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
