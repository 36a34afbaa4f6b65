import { type Control, inFile } from './control.ts'

/** Rules of orders and of their money. */
export const ofOrders: Control[] = [
  {
    rule: 'a card is charged under an idempotency key',
    edits: [inFile('services/payment/stripe-intents.js', '=== 1 ? `charge-', '=== 1 ? Math.random() + `charge-')],
    faults: [
      { atMs: 50, kind: 'webhooks off', forMs: 5_000 }, // which would tell of the first charge before it is made again
      { atMs: 100, kind: 'lost answers', share: 0.6, forMs: 4_000 },
    ],
    tell: /audit: doubleCharged/,
  },
  {
    rule: 'an order that is being paid does not expire',
    edits: [
      inFile(
        'services/order/expire-orders.js',
        "state IN ('reserved', 'declined') AND",
        "state NOT IN ('placed', 'paid') AND",
      ),
      inFile('services/order/expire-orders.js', "AND (state = 'declined' OR tender = 0)", "AND state = 'paying'"),
    ],
    faults: [{ atMs: 1_500, kind: 'outage', forMs: 5_000 }],
    tell: /audit: illegalStep/,
  },
  {
    rule: 'another card is offered to the payment that is there',
    edits: [inFile('services/payment/offer-tender.js', 'if (chargeId !== null)\n', 'if (false)\n')],
    faults: [],
    tell: /audit: leftOpen/,
  },
  {
    rule: 'only the gateway says that a payment cannot be made any more',
    edits: [
      inFile(
        'services/payment/attend.js',
        'outside(() => gateway.cancel(chargeId))',
        "{ id: chargeId, status: 'canceled', reason: null, url: null }",
      ),
    ],
    faults: [],
    tell: /audit: leftOpen/,
  },
  {
    rule: 'what the gateway tells is noted once',
    edits: [inFile('services/payment/told.js', 'fresh.delete(one.id) && ', '')],
    faults: [{ atMs: 100, kind: 'doubled webhooks', copies: 3, forMs: 5_000 }],
    tell: /audit: eventTwice/,
  },
  {
    rule: 'what no webhook tells is looked for',
    edits: [inFile('services/payment/sweep-gateway.js', 'if (!isDue)', 'if (true)')],
    faults: [{ atMs: 100, kind: 'webhooks off', forMs: 9_000 }],
    tell: /not at rest after .* ([1-9]\d* orders open|[1-9]\d* facts of the gateway)/,
  },
  {
    rule: 'an order is placed under an idempotency key',
    edits: [inFile('services/order/place-order.js', 'key: readKey(', 'key: null && readKey(')],
    faults: [],
    tell: /stands for two orders/,
  },
]
