import { Deferral, type Message } from '../../shared/events.ts'
import type { Handler, Handlers } from '../../shared/handler.ts'
import { groupCommit, groupRead } from '../../shared/protocol/group-commit.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { HeardBy } from '../../shared/routes.ts'
import { composeMail } from './compose-mail.ts'
import { type Contact, contactIn, contactsOf, keepContacts } from './contacts.ts'
import type { Client } from './db.ts'
import type { Mailer } from './mailer.ts'
import { insertMails, type SentMail } from './mails.ts'
import { declined, paid, refunded } from './money-wordings.ts'
import type { OrderNames } from './order-names.ts'
import { createSendOnce, type SendOnce } from './send-once.ts'
import type { Wording } from './wording.ts'
import { cancelled, expired, received, rejected } from './wordings.ts'

type Deps = { read: Client; publish: Publish<Client>; mailer: Mailer; names: OrderNames }

/**
 * One mail for each event of an order. Whom to write to is on disk before the first mail is tried: a later
 * event need not wait until the mail server has taken that one.
 */
export function sendMails({ read, publish, mailer, names }: Deps): Handlers<'notification', Client> {
  const keepContact = groupCommit(publish, keepContacts, 'beside')
  const post: Post = { names, sendOnce: createSendOnce(read, mailer) }
  const introduced = (message: Message<'order.placed'>) => keepContact(contactIn(message))
  const contactOf = groupRead(read, contactsOf)
  const known = async ({ subject }: { subject: string }) => knownOrAway(await contactOf(subject))
  return {
    'order.placed': mailing(introduced, received, post),
    'stock.rejected': mailing(known, rejected, post),
    'payment.captured': mailing(known, paid, post),
    'payment.declined': mailing(known, declined, post),
    'order.expired': mailing(known, expired, post),
    'order.cancelled': mailing(known, cancelled, post),
    'payment.refunded': mailing(known, refunded, post),
    'customer.registered': toDo,
    'customer.linkAsked': toDo,
    'customer.phoneAdded': toDo,
    'customer.preferred': toDo,
    'customer.deleted': toDo,
    'sms.due': toDo,
    'sms.failed': toDo,
  }
}

const toDo = { async apply() {} }

type OfOrders = Exclude<HeardBy<'notification'>, `${'customer' | 'sms'}.${string}`>
type Post = { names: OrderNames; sendOnce: SendOnce }

/** Finds whom to write to, words the mail, sends it; then puts down what was sent. */
function mailing<E extends OfOrders>(
  contactFor: (message: Message<E>) => Promise<Contact>,
  wordingFor: (contact: Contact, message: Message<E>) => Wording,
  { names, sendOnce }: Post,
): Handler<E, Client, SentMail> {
  return {
    says: 'mail.sent',
    async prepare(message, outside) {
      const contact = await contactFor(message)
      const wording = wordingFor(contact, message)
      const compose = () => composeMail(wording, contact, message.at, names)
      return sendOnce(names.messageIdOf(message.subject, wording), compose, outside)
    },
    async apply(tx, batch) {
      const sent = batch.map(({ found }) => found)
      await insertMails(tx, sent)
    },
  }
}

/** No error: `order.placed` may be on its way for as long as its sender cannot reach us. */
function knownOrAway(contact: Contact | null): Contact {
  if (contact === null) throw new Deferral('the contact of this order is not known yet', INTRODUCTION)
  return contact
}

const MINUTE_MS = 60_000
const INTRODUCTION = { firstMs: 250, maxMs: 5 * MINUTE_MS, giveUpMs: 24 * 60 * MINUTE_MS }
