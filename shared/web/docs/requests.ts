import type { ExampleRequest } from './example-request.ts'
import { adminRequests } from './requests-of-admin.ts'

const ADA = { name: 'Ada Lovelace', email: 'ada@example.com' }
const MUG = [{ sku: 'MUG-001', quantity: 1 }]
const PASSWORD = 'correct horse battery staple'

/** The examples, by the ids of their endpoints; one that is not here is asked with nothing but its path. */
export const requests: Record<string, ExampleRequest> = {
  'post-orders': { body: { customer: ADA, items: MUG, payment: { method: 'pm_card_visa' } } },
  'post-orders-id-pay': { body: { method: 'pm_card_visa' } },
  'get-products': { query: 'q=mug' },

  'post-accounts': { body: { ...ADA, password: PASSWORD, phone: '+44 20 7946 0018' } },
  'post-accounts-verify': { body: { token: '$LINK', password: PASSWORD } },
  'post-accounts-resend': { body: { email: ADA.email } },
  'post-accounts-reset': { body: { email: ADA.email } },
  'post-accounts-reset-confirm': { body: { token: '$LINK', password: PASSWORD } },
  'post-account-session': { body: { email: ADA.email, password: PASSWORD }, jar: 'kept' },
  'post-account-session-renew': { jar: 'renewed' },
  'delete-account-session': { jar: 'sent' },
  'post-account': { body: { language: 'zh', orders: { sms: true } } },
  'post-account-phone': { body: { phone: '+44 20 7946 0018' } },
  'post-account-phone-verify': { body: { code: '$CODE' } },
  'post-account-delete': { body: { password: PASSWORD } },

  'post-sales-id-entries': { body: { buyer: 'an-example-secret-of-ada', ...ADA } },
  'post-sales-id-room': {
    headers: { 'order-key': '$TICKET_KEY' },
    body: { ticket: '$TICKET', name: 'Ada', text: 'Good luck, everyone!' },
  },
  'get-sales-id-entries-ticket': { headers: { 'order-key': '$TICKET_KEY' } },

  'get-live': { query: 'topic=stock&topic=news' },
  'post-live': { body: { topics: [{ topic: 'news' }, { topic: 'order:$ORDER', key: '$KEY' }] } },

  'post-alerts': { body: { email: ADA.email, sku: 'MUG-001', kind: 'cheaper' } },
  'post-alerts-look': { body: { code: '$LINK' } },
  'post-alerts-confirm': { body: { code: '$LINK' } },
  'post-alerts-stop': { body: { code: '$LINK' } },

  'get-schemas-event-version': { path: { event: 'payment.captured', version: 'v1' } },
  ...adminRequests,
}
