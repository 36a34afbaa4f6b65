import type { Config } from './config.ts'

/**
 * Who serves which paths: each door with all that is below it, `/` alone. There is one address for people, order's:
 * it forwards what others own, and they what is order's, so that any of them leads everywhere. A door below another one
 * stands before it. What is not in the table each program serves about itself: `/assets`, `/openapi.json`, `/healthz`,
 * `/readyz`, `/metrics`, `/ops`.
 */
export const doors = {
  '/': 'order',
  '/docs': 'order',
  '/order/assets': 'order',
  '/orders': 'order',
  '/products': 'order',
  '/api/orders': 'order',
  '/api/products': 'order',
  '/api/admin/orders': 'order',
  '/api/account/orders': 'order',
  '/api/account': 'accounts',
  '/api/accounts': 'accounts',
  '/account': 'accounts',
  '/accounts/assets': 'accounts',
  '/unsubscribe': 'accounts',
  '/webhooks/stripe': 'payment',
  '/webhooks/sms': 'notification',
  '/sale': 'sale',
  '/api/sales': 'sale',
  '/api/admin/sales': 'sale',
  '/api/live': 'live',
  '/api/alerts': 'notification',
  '/alerts': 'notification',
  '/notification/assets': 'notification',
  '/api/admin/news': 'notification',
  '/api/admin/prices': 'order',
  '/logs': 'logs',
  '/api/admin/logs': 'logs',
  '/control': 'control',
  '/tour': 'control',
  '/events': 'control',
  '/asyncapi.json': 'control',
  '/schemas': 'control',
  '/api/events': 'control',
  '/api/admin/dead-letters': 'control',
  '/api/admin/demo': 'control',
  '/api/admin/events': 'control',
  '/api/admin/live': 'control',
  '/api/admin/mails': 'control',
  '/api/admin/pace': 'control',
  '/api/admin/queues': 'control',
  '/api/admin/restock': 'control',
  '/api/admin/search': 'control',
  '/api/admin/session': 'control',
  '/api/admin/tour': 'control',
  '/api/admin/webhooks': 'control',
} as const

/** A program with a door for people. */
export type Owner = (typeof doors)[keyof typeof doors]

/** Where the owners are; those that the shop is run without are nowhere. */
export type Whereabouts = Partial<Record<Owner, string>>

/** Where the owners are, by what this program was told; nothing that comes from data is ever forwarded to. */
export function addressesOf(config: Config): Whereabouts {
  const all: Record<Owner, string> = {
    order: config.ORDER_URL,
    control: config.CONTROL_URL,
    payment: config.PAYMENT_URL,
    accounts: config.ACCOUNTS_URL,
    notification: config.NOTIFICATION_URL,
    sale: config.SALE_URL,
    live: config.LIVE_URL,
    logs: config.LOGS_URL,
  }
  const isThere = (owner: string) => !config.WITHOUT.some((one) => one === owner)
  return Object.fromEntries(Object.entries(all).filter(([owner]) => isThere(owner)))
}

/** Who owns a path; null where each program serves its own. */
export function ownerOf(path: string): Owner | null {
  for (const [door, owner] of rows) if (path.startsWith(door) && endsAt(path, door)) return owner
  return null
}

/** The same for the doors of others: null for what `self` serves. It is asked for every request, so it is quick. */
export function createDoorman(self: Owner): (path: string) => Owner | null {
  return (path) => {
    const owner = ownerOf(path)
    return owner === self ? null : owner
  }
}

const rows: [door: string, owner: Owner][] = Object.entries(doors)

const endsAt = (path: string, door: string) =>
  path.length === door.length || (door !== '/' && path.charAt(door.length) === '/')
