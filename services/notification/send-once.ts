import type { Outside } from '../../shared/handler.ts'
import { groupRead } from '../../shared/protocol/group-commit.ts'
import type { Mail } from './compose-mail.ts'
import type { Client } from './db.ts'
import type { Mailer } from './mailer.ts'
import { type SentMail, sentMails } from './mails.ts'

const REMEMBERED = 5_000 // mails, and as many before them; older ones are on disk long since

export type SendOnce = (messageId: string, compose: () => Mail, outside: Outside) => Promise<SentMail>

/**
 * Sends a mail unless the server is known to have taken it: the `Mail` table knows of those that are committed,
 * memory of those whose commit is still to come or has failed. What remains is the instant between the server's
 * OK and the commit: a worker killed there sends the mail again, under the same Message-ID.
 */
export function createSendOnce(read: Client, mailer: Mailer): SendOnce {
  let remembered = new Map<string, SentMail>()
  let rememberedBefore = remembered
  const onDisk = groupRead(read, sentMails)
  return async (messageId, compose, outside) => {
    const before = remembered.get(messageId) ?? rememberedBefore.get(messageId) ?? (await onDisk(messageId))
    if (before !== null) return before
    const sent = await outside(async (signal) => {
      const mail = compose() // not before its turn has come: a mail is much larger than what it is made of
      await mailer.send(mail, signal)
      return recordOf(mail)
    })
    if (remembered.size >= REMEMBERED) [rememberedBefore, remembered] = [remembered, new Map()]
    remembered.set(messageId, sent)
    return sent
  }
}

function recordOf({ messageId, orderId, kind, to }: Mail): SentMail {
  return { messageId, orderId, kind, recipient: to.email, sentAt: Date.now() }
}
