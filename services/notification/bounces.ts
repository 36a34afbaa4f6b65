import type { Emit } from '../../shared/handler.ts'
import { type Columns, insert } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'

/** A mail whose recipient the server has refused for good. */
export type Bounce = { messageId: string; subject: string; recipient: string; reason: string; at: number }

const columns: Columns<Bounce> = ['messageId', 'subject', 'recipient', 'reason', 'at']

/** Notes bounces, each once, and emits `mail.bounced` for it. */
export async function noteBounces(tx: Client, bounces: Bounce[], emit: Emit): Promise<null[]> {
  if (bounces.length === 0) return []
  const fresh = await tx.$queryRaw<Bounce[]>`
    ${insert('Bounce', columns, bounces)} ON CONFLICT DO NOTHING RETURNING subject, recipient, reason`
  for (const { subject, recipient: email, reason } of fresh)
    emit({ name: 'mail.bounced', subject, data: { email, reason } })
  return bounces.map(() => null)
}
