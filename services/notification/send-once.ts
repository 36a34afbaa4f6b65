import type { Outside } from '../../shared/handler.ts'
import type { Mail } from './compose-mail.ts'
import type { Mailer } from './mailer.ts'
import type { Kind } from './wording.ts'

const REMEMBERED = 5_000 // mails, and as many before them; older ones are on disk long since

/** Sends a mail unless it has gone out, and resolves with what is put down of it. `compose` is called when its turn has come. */
export type SendOnce<K extends Kind, Sent> = (
  messageId: string,
  compose: () => Mail<K>,
  outside: Outside,
) => Promise<Sent>

/** `onDisk` finds what was committed, by Message-ID. */
type Records<K extends Kind, Sent> = {
  onDisk(messageId: string): Promise<Sent | null>
  recordOf(mail: Mail<K>): Sent
}

/**
 * Sends a mail unless the server is known to have taken it: a table knows of those that are committed, memory of those whose
 * commit is still to come or has failed. What remains is the instant between the server's OK and the commit: a worker killed
 * there sends the mail again, under the same Message-ID.
 */
export function createSendOnce<K extends Kind, Sent>(
  mailer: Mailer,
  { onDisk, recordOf }: Records<K, Sent>,
): SendOnce<K, Sent> {
  let remembered = new Map<string, Sent>()
  let rememberedBefore = remembered
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
