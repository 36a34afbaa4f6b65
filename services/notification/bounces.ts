import type { Emit } from '../../shared/handler.ts'
import { type Columns, insert } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import { withoutGone } from './gone.ts'
import { Bounced } from './smtp-failure.ts'

/** A mail whose recipient the server has refused for good. */
export type Bounce = { messageId: string; subject: string; recipient: string; reason: string; at: number }

const columns: Columns<Bounce> = ['messageId', 'subject', 'recipient', 'reason', 'at']

/** What came of a mail: it was sent, or its recipient was refused. */
export type Mailed<Sent> = { sent: Sent } | { bounced: Bounce }

/** Resolves with what came of a mail that is being sent. */
export async function sentOrBounced<Sent>(
  sending: Promise<Sent>,
  mail: Pick<Bounce, 'messageId' | 'subject' | 'recipient'>,
): Promise<Mailed<Sent>> {
  try {
    return { sent: await sending }
  } catch (error) {
    if (!(error instanceof Bounced)) throw error
    return { bounced: { ...mail, reason: error.message, at: Date.now() } }
  }
}

/** What came of the mails of a batch; null where none was wanted. */
export function mailedIn<Sent>(batch: { found: Mailed<Sent> | null }[]): { sent: Sent[]; bounced: Bounce[] } {
  return {
    sent: batch.flatMap(({ found }) => (found !== null && 'sent' in found ? [found.sent] : [])),
    bounced: batch.flatMap(({ found }) => (found !== null && 'bounced' in found ? [found.bounced] : [])),
  }
}

const NOBODY = { recipient: '', reason: '' } // for the reason tells the address

/** Notes bounces, each once, and emits `mail.bounced` for it; of who is gone by now only that there was one. */
export async function noteBounces(tx: Client, bounces: Bounce[], emit: Emit): Promise<null[]> {
  if (bounces.length === 0) return []
  const rows = await withoutGone(tx, bounces, ({ subject }) => subject, NOBODY)
  const fresh = await tx.$queryRaw<Bounce[]>`
    ${insert('Bounce', columns, rows)} ON CONFLICT DO NOTHING RETURNING subject, recipient, reason`
  for (const { subject, recipient: email, reason } of fresh)
    if (email !== '') emit({ name: 'mail.bounced', subject, data: { email, reason } })
  return bounces.map(() => null)
}
