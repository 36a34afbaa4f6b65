import type { ExampleRequest } from './example-request.ts'

/** A message as it is sent in place of one that could not be read. */
const MENDED = JSON.stringify({
  name: 'order.expired',
  subject: '01900000-0000-7000-8000-000000000000',
  at: 1_790_000_000_000,
  data: { number: 'OL-1000000' },
})

/** The examples of what only the admin may ask. */
export const adminRequests: Record<string, ExampleRequest> = {
  'get-admin-orders': { query: 'state=paid&limit=1' },
  'post-admin-orders-id-refunds': { path: { id: '$ORDER' }, body: { amountCents: 500, reason: 'arrived chipped' } },
  'put-admin-prices-sku': { path: { sku: 'MUG-001' }, body: { priceCents: 1_500 } },
  'post-admin-restock': { body: { sku: 'MUG-001', quantity: 20 } },
  'post-admin-sales': {
    body: { kind: 'flash', sku: 'KBD-001', units: 5, priceCents: 4_900, endsAt: '2099-01-01T00:00:00Z' },
  },
  'post-admin-news': { body: { title: 'Fresh mugs', text: 'Twenty of them, still warm.', language: 'en' } },

  'get-admin-queues-service-history': { path: { service: 'payment' } },
  'get-admin-queues-service-messages': { path: { service: 'payment' } },
  'get-admin-queues-service-messages-id': { path: { service: 'payment', id: '$MESSAGE' } },
  'post-admin-queues-service-pause': { path: { service: 'payment' } },
  'post-admin-queues-service-resume': { path: { service: 'payment' } },
  'post-admin-dead-letters-replay': { body: {} },
  'post-admin-dead-letters-service-id-retry': {
    path: { service: 'inventory', id: '$LETTER' },
    body: { body: MENDED, reason: 'what was expired is named now' },
  },
  'post-admin-dead-letters-service-id-discard': {
    path: { service: 'inventory', id: '$LETTER' },
    body: { reason: 'nobody waits for it' },
  },
  'get-admin-search': { query: 'q=$NUMBER' },
  'post-admin-pace': { body: { service: 'payment', perSecond: 20 } },

  'post-admin-webhooks': { body: { url: 'https://partner.example/hook', events: ['payment.captured'] } },

  'get-admin-logs': { query: 'subject=$NUMBER&limit=1' },
  'get-admin-logs-errors': { query: 'minutes=15' },

  'get-admin-mails': { query: 'limit=1' },
  'post-admin-demo': { body: { action: 'place', count: 3 } },
}
