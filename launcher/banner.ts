import { relative } from 'node:path'
import type { Addresses } from './addresses.ts'
import type { Painter } from './paint.ts'

export type Announcement = { addresses: Addresses; adminToken: string; startedAtMs: number }
type Facts = Omit<Announcement, 'startedAtMs'> & { logPath: string; tookMs: number; paint: Painter }

/** What a person needs to go on from here, once everything is up. */
export function banner({ addresses, adminToken, logPath, tookMs, paint }: Facts): string {
  const row = (name: string, value: string) => `  ${paint('dim', name.padEnd(12))} ${value}`
  return [
    '',
    paint('bold', `  Orderline is up, after ${(tookMs / 1_000).toFixed(1)} s. Ctrl-C stops it.`),
    '',
    row('shop', addresses.shopUrl),
    ...(addresses.accountUrl === undefined ? [] : [row('account', addresses.accountUrl)]),
    row('control room', `${addresses.controlUrl}/control?token=${encodeURIComponent(adminToken)}`),
    row('admin token', adminToken),
    ...(addresses.mailboxUrl === undefined ? [] : [row('mailbox', addresses.mailboxUrl)]),
    ...(addresses.phonesUrl === undefined ? [] : [row('phones', addresses.phonesUrl)]),
    row('log', logPath.startsWith(process.cwd()) ? relative('', logPath) : logPath),
    '',
    '  Place an order:',
    `  ${placeAnOrder(addresses.shopUrl)}`,
    '',
  ].join('\n')
}

function placeAnOrder(shopUrl: string): string {
  const order = {
    customer: { name: 'Ada', email: 'ada@example.com' },
    items: [{ sku: 'MUG-001', quantity: 1 }],
    payment: { method: 'pm_card_visa' },
  }
  const body = JSON.stringify(order)
  const url = `${shopUrl.replace('http://', '')}/api/orders`
  return `curl -s ${url.includes('[') ? `'${url}'` : url} -H 'content-type: application/json' -d '${body}'`
}
