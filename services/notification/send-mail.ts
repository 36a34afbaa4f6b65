import { Deferral, type Message } from '../../shared/events.ts'
import type { Handler, Outside } from '../../shared/handler.ts'
import { groupCommit, groupRead } from '../../shared/protocol/group-commit.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { HeardBy } from '../../shared/routes.ts'
import { noteBounces } from './bounces.ts'
import { composeMail } from './compose-mail.ts'
import { type Contact, contactIn, contactsOf, type Introduction, keepContacts } from './contacts.ts'
import type { Client } from './db.ts'
import type { DeletedMailboxes } from './deleted-mailboxes.ts'
import type { Mailer } from './mailer.ts'
import { insertMails, insertUnsent, recordOf, type SentMail, sentMails, type UnsentMail } from './mails.ts'
import { declined, paid, refunded } from './money-wordings.ts'
import type { OrderNames } from './order-names.ts'
import { preferencesOf } from './preferences.ts'
import { createSendOnce } from './send-once.ts'
import { askForSms, dueIn } from './sms-due.ts'
import { Bounced } from './smtp-failure.ts'
import type { OrderKind, Wording } from './wording.ts'
import { cancelled, expired, received, rejected } from './wordings.ts'

type Deps = {
  read: Client
  publish: Publish<Client>
  mailer: Mailer
  names: OrderNames
  deleted: DeletedMailboxes
}
type OfOrders = Extract<HeardBy<'notification'>, `${'order' | 'payment'}.${string}` | 'stock.rejected'>
type Noted = { sent: SentMail } | { unsent: UnsentMail }
type Found = Noted | null
type OrderHandlers = { [E in OfOrders]: Handler<E, Client, Found> }

/**
 * One mail for each event of an order, unless its customer wants none. Whom to write to is on disk before the first mail is
 * tried: a later event need not wait until the mail server has taken that one.
 */
export function sendMails({ deleted, ...deps }: Deps): OrderHandlers {
  const { read, publish } = deps
  const keepContact = groupCommit(publish, (tx, introduced: Introduction[]) => keepContacts(tx, introduced, deleted))
  const post = createPost(deps)
  const introduced = (message: Message<'order.placed'>) => keepContact({ ...contactIn(message), placedAt: message.at })
  const contactOf = groupRead(read, contactsOf)
  const known = async ({ subject }: { subject: string }) => knownOrAway(await contactOf(subject))
  const told = async (message: Message<'order.cancelled'>) =>
    message.data.because === 'groupHadFailed' ? null : known(message) // of such an order nobody has been told
  return {
    'order.placed': mailing(introduced, received, post),
    'stock.rejected': mailing(known, rejected, post),
    'payment.captured': mailing(known, paid, post),
    'payment.declined': mailing(known, declined, post),
    'order.expired': mailing(known, expired, post),
    'order.cancelled': mailing(told, cancelled, post),
    'payment.refunded': mailing(known, refunded, post),
  }
}

/** Finds whom to write to, words the mail, sends it; then puts down what was sent. Without anybody, nothing. */
function mailing<E extends OfOrders>(
  contactFor: (message: Message<E>) => Promise<Contact | null>,
  wordingFor: (contact: Contact, message: Message<E>) => Wording<OrderKind>,
  post: Post,
): Handler<E, Client, Found> {
  return {
    says: 'mail.sent',
    async prepare(message, outside) {
      const contact = await contactFor(message)
      return contact === null ? null : post(contact, wordingFor(contact, message), message.at, outside)
    },
    async apply(tx, batch) {
      await insertMails(
        tx,
        batch.flatMap(({ found }) => (found !== null && 'sent' in found ? found.sent : [])),
      )
      await insertUnsent(
        tx,
        batch.flatMap(({ found }) => (found !== null && 'unsent' in found ? found.unsent : [])),
      )
    },
  }
}

type Post = (contact: Contact, wording: Wording<OrderKind>, at: number, outside: Outside) => Promise<Noted>

/** Sends an order's mail, and has an SMS sent beside it, as the order's account wants it. Guests are always written to. */
function createPost({ read, publish, mailer, names }: Omit<Deps, 'deleted'>): Post {
  const sendOnce = createSendOnce(mailer, { onDisk: groupRead(read, sentMails), recordOf })
  const preferenceOf = groupRead(read, preferencesOf)
  const askFor = groupCommit(publish, askForSms)
  const noteBounce = groupCommit(publish, noteBounces)
  return async (contact, wording, at, outside) => {
    const messageId = names.messageIdOf(contact.orderId, wording)
    const preference = contact.account === null ? null : await preferenceOf(contact.account)
    const due = dueIn(contact, preference, wording.kind, messageId)
    if (due !== null) await askFor(due) // now: an SMS does not wait until the mail server has taken a mail
    const isWanted = contact.email !== '' && preference?.ordersByMail !== 0
    if (!isWanted) return { unsent: { messageId, orderId: contact.orderId, kind: wording.kind, at: Date.now() } }
    try {
      return { sent: await sendOnce(messageId, () => composeMail(wording, contact, at, names), outside) }
    } catch (error) {
      if (!(error instanceof Bounced)) throw error
      const { orderId: subject, email: recipient } = contact
      await noteBounce({ messageId, subject, recipient, reason: error.message, at: Date.now() })
      throw error // a dead letter, which can be sent again when the address is put right
    }
  }
}

/** No error: `order.placed` may be on its way for as long as its sender cannot reach us. */
function knownOrAway(contact: Contact | null): Contact {
  if (contact === null) throw new Deferral('the contact of this order is not known yet', INTRODUCTION)
  return contact
}

const MINUTE_MS = 60_000
const INTRODUCTION = { firstMs: 250, maxMs: 5 * MINUTE_MS, giveUpMs: 24 * 60 * MINUTE_MS }
