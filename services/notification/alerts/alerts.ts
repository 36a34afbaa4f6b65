import type { z } from 'zod'
import type { Language } from '../../../shared/customer-events.ts'
import { mailboxOf } from '../../../shared/email-address.ts'
import type { alertKind } from '../../../shared/live-events.ts'
import { type Columns, each, names, type Part } from '../../../shared/store/sql.ts'
import type { Client } from '../db.ts'
import type { AlertAnswer } from './alert-answer.ts'

type AlertKind = z.infer<typeof alertKind>

/**
 * Who wants to be told of a product. `timesBack` and `priceCents` are what the product's were when it was asked; without an
 * `email` its account was deleted. Times in ms.
 */
export type Alert = {
  id: string
  sku: string
  kind: AlertKind
  mailbox: string
  email: string
  language: Language
  state: AlertAnswer['state']
  timesBack: number
  priceCents: number
  askedAt: number
}

/** How long the link that confirms an alert is good for. */
export const CONFIRM_MS = 48 * 3_600_000

const columns: Columns<Alert> = [
  ...(['id', 'sku', 'kind', 'mailbox', 'email', 'language', 'state'] as const),
  ...(['timesBack', 'priceCents', 'askedAt'] as const),
]

/** What there can be one of that waits: of a mailbox, however it is spelled, a product and a kind. */
export function placeOf({ email, sku, kind }: Pick<Alert, 'email' | 'sku' | 'kind'>): string {
  return `${kind} ${sku} ${mailboxOf(email)}`
}

/** Whether what an alert waits for has happened since it was asked for; in a statement about it and its product. */
export const isDue: Part = {
  shape: 'isDue',
  words: () => `
    (kind = 'back' AND "Product"."timesBack" > "Alert"."timesBack"
     OR kind = 'cheaper' AND "Product"."priceCents" < "Alert"."priceCents")`,
}

/** The alerts with these ids, in their order; null where there is none. */
export async function alertsNamed(read: Client, ids: string[]): Promise<(Alert | null)[]> {
  const rows = await read.$queryRaw<Alert[]>`
    SELECT ${names(columns)} FROM "Alert" WHERE id IN (SELECT value FROM ${each(ids)})`
  const byId = new Map(rows.map((row) => [row.id, { ...row, askedAt: Number(row.askedAt) }]))
  return ids.map((id) => byId.get(id) ?? null)
}

/** Ends all that these mailboxes wait for, unless its mail has gone out. */
export async function stopAlertsOf(tx: Client, mailboxes: string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Alert" SET state = 'stopped', open = NULL
    WHERE mailbox IN (SELECT value FROM ${each(mailboxes)})
      AND (state IN ('asked', 'confirmed')
           OR state = 'told' AND NOT EXISTS (
             SELECT 1 FROM "AlertMail" WHERE alert = "Alert".id AND "AlertMail".kind = "Alert".kind))`
}

/** Forgets who has waited: for the account of these mailboxes was deleted. */
export async function forgetAlertsOf(tx: Client, mailboxes: string[]): Promise<void> {
  if (mailboxes.length === 0) return
  const boxes = each(mailboxes)
  await stopAlertsOf(tx, mailboxes)
  await tx.$executeRaw`
    UPDATE "AlertMail" SET recipient = ''
    WHERE alert IN (SELECT id FROM "Alert" WHERE mailbox IN (SELECT value FROM ${boxes}))`
  await tx.$executeRaw`
    UPDATE "Bounce" SET recipient = '', reason = ''
    WHERE subject IN (SELECT id FROM "Alert" WHERE mailbox IN (SELECT value FROM ${boxes}))`
  await tx.$executeRaw`
    UPDATE "Alert" SET mailbox = '', email = '' WHERE mailbox IN (SELECT value FROM ${boxes})`
}
