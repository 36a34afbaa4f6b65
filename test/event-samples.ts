import type { EventData } from '../shared/events.ts'
import type { EventName } from '../shared/routes.ts'

const money = { number: 'OL-1000001', totalCents: 3_600, currency: 'EUR' }
const ada = { name: 'Ada Lovelace', email: 'ada@example.com', language: 'en' } as const
const letter = { number: money.number, letter: 'a', event: 'order.placed', to: 'payment', by: 'payment' } as const

/** What each event carries, as its service says it. */
export const samples: { [E in EventName]: EventData<E> } = {
  'customer.registered': { ...ada, isKnown: false, link: 'c2VhbGVk' },
  'customer.linkAsked': { ...ada, kind: 'reset', link: 'c2VhbGVk' },
  'customer.phoneAdded': { ...ada, phone: '+491701234567', kind: 'code', code: 'c2VhbGVk' },
  'customer.verified': { email: ada.email },
  'customer.preferred': { ...ada, revision: 2, phone: '+491701234567', orders: { mail: true, sms: true } },
  'customer.signedOut': { session: 'MDEyMzQ1Njc4OTAxMjM0NQ', at: 1_790_000_000_000, until: 1_790_003_600_000 },
  'customer.deleted': { email: ada.email },
  'mail.sent': { kind: 'welcome' },
  'mail.bounced': { email: ada.email, reason: '550 5.1.1 no such user' },
  'sms.due': { ...ada, phone: '+491701234567', kind: 'order', order: money.number, state: 'paid' },
  'sms.sent': { kind: 'code', phone: '+491701234567' },
  'sms.failed': {
    kind: 'code',
    phone: '+491701234567',
    sid: 'SM1',
    code: 30_003,
    reason: 'unreachable destination handset',
  },
  'sms.stopped': { phone: '+491701234567', isStopped: true },
  'order.placed': {
    ...money,
    paymentMethod: 'pm_card_visa',
    payBy: 1_790_000_000_000,
    customer: { name: 'Ada Lovelace', email: 'ada@example.com' },
    lines: [{ sku: 'MUG-001', name: 'Stoneware mug', quantity: 2, unitPriceCents: 1_800 }],
  },
  'stock.reserved': { ...money, paymentMethod: 'pm_card_visa', payBy: 1_790_000_000_000 },
  'stock.rejected': { number: money.number, missing: [{ sku: 'MUG-001', wanted: 2, available: 1 }] },
  'stock.released': { number: money.number },
  'payment.captured': { ...money, chargeId: 'pi_1' },
  'payment.declined': { ...money, reason: 'insufficient_funds' },
  'payment.challenged': { number: money.number, tender: 1, kind: 'confirm', url: 'https://gateway.example/challenge' },
  'payment.disputed': {
    ...{ number: money.number, dispute: 'du_1', cents: 3_600, currency: 'EUR', reason: 'fraudulent', status: 'opened' },
  },
  'payment.refundRefused': {
    number: money.number,
    asked: 'r',
    cents: 100,
    currency: 'EUR',
    reason: 'refunded already',
  },
  'order.tendered': { ...money, tender: 2, paymentMethod: 'pm_card_visa', payBy: 1_790_000_000_000 },
  'order.expired': { number: money.number },
  'order.refundAsked': { number: money.number, asked: 'r', cents: 100, currency: 'EUR' },
  'gateway.told': { number: money.number, told: 'evt_1', type: 'payment_intent.succeeded', object: 'pi_1' },
  'order.cancelled': { number: money.number, wasPaid: true },
  'payment.refunded': { ...money, refundId: 're_1' },
  'message.buried': { ...letter, reason: 'malformed JSON' },
  'message.replayed': letter,
  'order.paidInSale': { number: money.number, sale: 's' },
  'sale.announced': { sku: 'MUG-001', units: 100 },
  'stock.allotted': { units: 100 },
  'entry.joined': { sale: 's' },
  'entry.admitted': {
    ...{ sale: 's', sku: 'MUG-001', unitPriceCents: 900, currency: 'EUR', language: 'en', payWithinMs: 300_000 },
    customer: { name: ada.name, email: ada.email },
  },
  'stock.returned': { number: money.number, sale: 's' },
  'sale.spared': { units: 7 },
  'sale.ended': { why: 'soldOut', units: 100, bought: 100 },
  'group.formed': { bought: 100 },
  'group.failed': { bought: 12 },
  'webhook.due': {
    ...{ number: money.number, subscription: 's' },
    told: { id: 'e', name: 'order.cancelled', subject: 'o', at: 1, data: { number: money.number } },
  },
}
