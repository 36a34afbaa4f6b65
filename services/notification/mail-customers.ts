import { type Message, Unfixable } from '../../shared/events.ts'
import type { Handler } from '../../shared/handler.ts'
import { groupRead } from '../../shared/protocol/group-commit.ts'
import type { Seal } from '../../shared/sealed.ts'
import { type Mailed, mailedIn, noteBounces, sentOrBounced } from './bounces.ts'
import { composeCustomerMail, type Person } from './compose-mail.ts'
import { shownName } from './contacts.ts'
import { customerRecordOf, insertCustomerMails, type SentCustomerMail, sentCustomerMails } from './customer-mails.ts'
import type { CustomerNames } from './customer-names.ts'
import { asking, codeByMail, insteadOf } from './customer-wordings.ts'
import type { Client } from './db.ts'
import { areGone } from './gone.ts'
import type { Mailer } from './mailer.ts'
import { opened } from './opened.ts'
import { createSendOnce } from './send-once.ts'
import { type Sms, smsNamed } from './sms.ts'
import type { CustomerKind, Wording } from './wording.ts'

export type Deps = { read: Client; mailer: Mailer; names: CustomerNames; seal: Seal }
type Heard = 'customer.registered' | 'customer.linkAsked' | 'sms.failed'
/** What is to be mailed to whom. */
type Wanted = { person: Person; wording: Wording<CustomerKind>; link: string | null }
type Found = Mailed<SentCustomerMail> | null
type CustomerHandlers = { [E in Heard]: Handler<E, Client, Found> }

/** One mail for each event of an account, whatever comes of the others. Emits `mail.sent` or `mail.bounced`. */
export function mailCustomers(deps: Deps): CustomerHandlers {
  const { read, names, seal } = deps
  const mailing = createMailing(deps)
  const smsOf = groupRead(read, smsNamed)
  const asked = (kind: 'welcome' | 'known' | 'verify' | 'reset', person: Person, link: string): Wanted => {
    const page = kind === 'welcome' || kind === 'verify' ? 'verify' : 'reset'
    return { person, wording: asking(kind, person.language), link: names.linkTo(page, opened(seal, link)) }
  }
  return {
    'customer.registered': mailing(({ data }) => asked(data.isKnown ? 'known' : 'welcome', data, data.link)),
    'customer.linkAsked': mailing(({ data }) => asked(data.kind, data, data.link)),
    'sms.failed': mailing(async ({ subject, data }) => {
      const sms = await smsOf(data.sms ?? '')
      if (sms === null) throw new Unfixable('nobody knows which SMS it was')
      const isTold = sms.kind === 'order' && (await isMailedAnyway(read, subject))
      if (isTold || sms.email === '') return null
      const wording = sms.code === null ? insteadOf(sms) : codeByMail(sms, opened(seal, sms.code))
      return { person: personIn(sms), wording, link: null }
    }),
  }
}

/** Sends what an event asks for, and puts it down; nothing to an account that is gone. */
function createMailing({ read, mailer, names }: Deps) {
  const sendOnce = createSendOnce(mailer, { onDisk: groupRead(read, sentCustomerMails), recordOf: customerRecordOf })
  const isGone = groupRead(read, areGone)
  return <E extends Heard>(
    wantedBy: (message: Message<E>) => Promise<Wanted | null> | Wanted,
  ): Handler<E, Client, Found> => ({
    says: 'customer.mailed',
    async prepare(message, outside) {
      const { id, subject: about, at } = message
      const wanted = (await isGone(about)) ? null : await wantedBy(message)
      if (wanted === null) return null
      const { wording, link } = wanted
      const person = { ...wanted.person, name: shownName(wanted.person.name, wanted.person.language) }
      const messageId = names.messageIdOf(id, wording.kind)
      const compose = () => composeCustomerMail(wording, person, link, { messageId, about, at })
      const mail = { messageId, subject: about, recipient: person.email }
      return sentOrBounced(sendOnce(messageId, compose, outside), mail)
    },
    async apply(tx, batch, emit) {
      const { sent, bounced } = mailedIn(batch)
      await insertCustomerMails(tx, sent)
      for (const { subject, kind } of sent) emit({ name: 'mail.sent', subject, data: { kind } })
      await noteBounces(tx, bounced, emit)
    },
  })
}

/** Whether the mail about the same thing goes out, too: then nobody needs one more. */
async function isMailedAnyway(read: Client, orderId: string): Promise<boolean> {
  const [row] = await read.$queryRaw<{ wants: number }[]>`
    SELECT "ordersByMail" AS wants FROM "Contact" JOIN "Preference" ON "Preference".account = "Contact".account
    WHERE "orderId" = ${orderId}`
  return row?.wants !== 0
}

const personIn = ({ name, email, language }: Sms): Person => ({ name, email, language })
