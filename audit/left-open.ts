import type { DueText } from './account-book.ts'
import { oneMailbox } from './addresses.ts'
import type { AlertBook } from './alert-book.ts'
import type { Books } from './books.ts'

/** So many of each may be missing. */
export type Allowance = {
  /** One of them; false when there is none left. */
  take(what: string): boolean
}

/**
 * Mails that were asked for, of whose account nobody knows any more whether they went out, by kind and mailbox: whoever sent
 * one heard no answer, and when it was tried again the account was deleted, and nobody to be written to.
 */
export function mailsLeftOpen({ accounts, mail }: Books): Allowance {
  const asked = [...(accounts?.mails ?? []), ...mail.instead]
  const ofGone = asked.filter(({ subject }) => accounts?.accounts.get(subject)?.isDeleted)
  const home = new Map(ofGone.filter(({ to }) => to !== '').map(({ subject, to }) => [subject, to]))
  const left = counted(ofGone.map(aboutOf))
  for (const noted of mail.personal) left.take(aboutOf(noted))
  const open = ofGone.filter((text) => left.take(aboutOf(text)))
  const forGone = open.map(({ subject, kind }) => `${kind} ${oneMailbox(home.get(subject) ?? '')}`)
  return counted([...forGone, ...followedAndNotNoted(mail.alerts)])
}

/**
 * Mails that asked somebody to confirm an alert: who sent one died before it was put down, and when it was tried again the link
 * in it had been followed, and nobody was to be asked any more.
 */
function followedAndNotNoted({ alerts, asked, mails }: AlertBook): string[] {
  const noted = counted(mails.filter(({ kind }) => kind === TO_CONFIRM).map(({ alert }) => alert))
  const followed = [...alerts.values()].filter(({ isConfirmed }) => isConfirmed)
  return followed.flatMap(({ id, email }) =>
    Array<string>(asked.get(id) ?? 0)
      .fill(`${TO_CONFIRM} ${oneMailbox(email)}`)
      .filter(() => !noted.take(id)),
  )
}

/** The first copy of each mail that came and was not put down. */
export function notNoted({ mail: { alerts, personal }, mailbox }: Books) {
  const known = new Set([...personal, ...alerts.mails].map(({ messageId }) => messageId))
  return [...mailbox.personal].flatMap(([messageId, [first]]) =>
    known.has(messageId) || first === undefined ? [] : [first],
  )
}

/** Those of them that asked somebody to confirm an alert, by mailbox. */
export function askedAndNotNoted(books: Books): Allowance {
  return counted(notNoted(books).flatMap(({ kind, to }) => (kind === TO_CONFIRM ? to.map(oneMailbox) : [])))
}

/** The kind of a mail that asks to confirm an alert. */
export const TO_CONFIRM = 'alert'

const aboutOf = ({ subject, kind }: Pick<DueText, 'subject' | 'kind'>) => `${subject} ${kind}`

/** SMS of which nobody knows whether they went out, as their phone is forgotten with its account; by phone. */
export function smsLeftOpen({ accounts, mail }: Books): Allowance {
  const asked: DueText[] = [...(accounts?.sms ?? []), ...mail.smsDue]
  const isOpen = ({ id }: DueText) => {
    const noted = mail.sms.get(id)
    return noted?.phone === '' && noted.sid === null
  }
  return counted(asked.filter(isOpen).map(({ to }) => to))
}

function counted(all: string[]): Allowance {
  const left = new Map<string, number>()
  for (const what of all) left.set(what, (left.get(what) ?? 0) + 1)
  return {
    take(what) {
      const count = left.get(what) ?? 0
      if (count > 0) left.set(what, count - 1)
      return count > 0
    },
  }
}
