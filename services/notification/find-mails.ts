import { mailboxOf } from '../../shared/email-address.ts'
import { HITS_MAX, type Hit } from '../../shared/web/ops-find.ts'
import type { Client } from './db.ts'

/**
 * Mails by their id or by the order they are about, and by address who waits for a product. By address mails have no index: they are
 * found with the orders and the account that have it.
 */
export function findMails(read: Client): (text: string) => Promise<Hit[]> {
  return async (text) => {
    if (text.includes('@') && !text.startsWith('<')) return alertsOf(read, mailboxOf(text))
    const [one, ofOrder] = await Promise.all([
      read.mail.findUnique({ where: { messageId: text } }),
      read.mail.findMany({ where: { orderId: text }, take: HITS_MAX }),
    ])
    return [...(one === null ? [] : [one]), ...ofOrder].map(({ messageId: id, orderId, kind, sentAt }) => ({
      ...{ kind: 'mail', id, title: kind, state: null, at: Number(sentAt), of: orderId },
    }))
  }
}

async function alertsOf(read: Client, mailbox: string): Promise<Hit[]> {
  const alerts = await read.alert.findMany({ where: { mailbox }, take: HITS_MAX })
  return alerts.map(({ id, sku, state, askedAt }) => ({
    ...{ kind: 'alert', id, title: sku, state, at: Number(askedAt), of: null },
  }))
}
