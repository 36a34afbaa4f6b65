import type { Emit } from '../../shared/handler.ts'
import type { Prune } from '../../shared/protocol/prune.ts'
import { each, insert } from '../../shared/store/sql.ts'
import type { Contact } from './contacts.ts'
import type { Client } from './db.ts'
import { areGone } from './gone.ts'
import type { Preference } from './preferences.ts'
import type { OrderKind } from './wording.ts'

/** An SMS that is to go out beside the mail with this Message-ID, whether that one goes out or not. */
export type Due = { messageId: string; contact: Contact; phone: string; kind: OrderKind }

const TOLD: OrderKind[] = ['paid', 'cancelled', 'refunded', 'expired']

/** The SMS that an account wants about this; null where it wants none, or there is no phone that is surely its own. */
export function dueIn(contact: Contact, preference: Preference | null, kind: OrderKind, messageId: string): Due | null {
  if (preference === null || preference.phone === null || preference.ordersBySms === 0) return null
  return TOLD.includes(kind) ? { messageId, contact, phone: preference.phone, kind } : null
}

const columns = ['messageId', 'at'] as const

/** Emits `sms.due` for each, once however often its mail is tried; not for who is gone by now. */
export async function askForSms(tx: Client, dues: Due[], emit: Emit): Promise<null[]> {
  const gone = await areGone(
    tx,
    dues.map(({ contact }) => contact.orderId),
  )
  const rows = dues.map(({ messageId }) => ({ messageId, at: Date.now() }))
  const noted = await tx.$queryRaw<{ messageId: string }[]>`
    ${insert('SmsDue', columns, rows)} ON CONFLICT DO NOTHING RETURNING "messageId"`
  const fresh = new Set(noted.map(({ messageId }) => messageId))
  for (const [i, due] of dues.entries()) if (fresh.delete(due.messageId) && !gone[i]) emit(dueOf(due))
  return dues.map(() => null)
}

function dueOf({ contact, phone, kind: state }: Due) {
  const { orderId: subject, name, email, language, number: order } = contact
  return { name: 'sms.due', subject, data: { name, email, language, phone, kind: 'order', order, state } } as const
}

const KEPT_MS = 14 * 24 * 3_600_000 // longer than any mail is tried

/** Deletes what is so old that its mail is not tried again. */
export const pruneDues: Prune<Client> = async (tx, now, limit) => {
  const old = await tx.$queryRaw<{ messageId: string }[]>`
    SELECT "messageId" FROM "SmsDue" WHERE at < ${now - KEPT_MS} ORDER BY at LIMIT ${limit}`
  const ids = old.map(({ messageId }) => messageId)
  return tx.$executeRaw`DELETE FROM "SmsDue" WHERE "messageId" IN (SELECT value FROM ${each(ids)})`
}
