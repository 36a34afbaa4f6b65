import type { DueText } from './account-book.ts'
import { inOneForm, oneMailbox } from './addresses.ts'
import type { Books } from './books.ts'
import { type Findings, finding } from './finding.ts'
import { mailsLeftOpen, notNoted, smsLeftOpen } from './left-open.ts'
import type { NotedMail } from './mail-book.ts'
import type { Sms } from './sms-book.ts'

/** Has every sign-up, and whatever else accounts asked for, got its mail and its SMS, once, and nobody else? */
export function* checkTexts(books: Books, allowedSms: number): Findings {
  yield* compareMails(books)
  if (books.isAtRest) yield* findUnnoted(books)
  yield* compareSms(books)
  yield* findSecondSms(books, allowedSms)
}

/** The mails that are due, those noted as sent, and those that came, by subject and kind: there may be several of some. */
function* compareMails({ accounts, mail, mailbox, isAtRest }: Books): Findings {
  if (accounts === null) return
  const due = byAbout([...accounts.mails, ...mail.instead])
  const noted = byAbout(mail.personal)
  for (const about of new Set([...due.keys(), ...noted.keys()])) {
    const [wanted, sent] = [due.get(about) ?? [], noted.get(about) ?? []]
    const [subject = '', kind = ''] = about.split(' ')
    if (sent.length > wanted.length)
      yield finding('unexpectedMail', subject, `${kind}: ${sent.length} of ${wanted.length}`)
    const isExcused = accounts.accounts.get(subject)?.isDeleted || mail.bounced.has(subject)
    const needed = wanted.filter(({ isOptional }) => !isOptional).length
    if (isAtRest && sent.length < needed && !isExcused)
      yield finding('missingMail', subject, `${kind}: ${sent.length} of ${needed}`)
    for (const { messageId } of sent)
      if (!mailbox.personal.has(messageId)) yield finding('undeliveredMail', subject, kind)
    yield* findAstray(wanted, sent, mailbox)
  }
}

function* findAstray(wanted: DueText[], sent: NotedMail[], { personal }: Books['mailbox']): Findings {
  const right = new Set(wanted.map(({ to }) => inOneForm(to)))
  for (const { subject, messageId } of sent)
    for (const { kind, to } of personal.get(messageId) ?? [])
      if (right.size > 0 && !right.has('') && (to.length !== 1 || !right.has(inOneForm(to[0] ?? ''))))
        yield finding('misdirectedMail', subject, `${kind} to ${to.join(', ') || 'nobody'}`)
}

function byAbout<T extends { subject: string; kind: string }>(texts: T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const text of texts) {
    const about = `${text.subject} ${text.kind}`
    groups.set(about, [...(groups.get(about) ?? []), text])
  }
  return groups
}

function* findUnnoted(books: Books): Findings {
  const excused = mailsLeftOpen(books)
  for (const { messageId, kind, to } of notNoted(books)) {
    const isExcused = to.length === 1 && excused.take(`${kind} ${oneMailbox(to[0] ?? '')}`)
    if (!isExcused) yield finding('unnotedMail', messageId, kind)
  }
}

/** Each SMS that is due is with the gateway, or was refused; what could not be delivered comes by mail. */
function* compareSms({ accounts, mail, sms, isAtRest }: Books): Findings {
  const due = new Map([...(accounts?.sms ?? []), ...mail.smsDue].map((text) => [text.id, text]))
  for (const { id, subject, kind } of due.values())
    if (isAtRest && !mail.sms.has(id) && !accounts?.accounts.get(subject)?.isDeleted)
      yield finding('missingSms', subject, kind)
  for (const [id, { subject, kind, sid, phone, isDone }] of mail.sms) {
    const taken = sms.get(sid ?? '')
    if (!due.has(id)) yield finding('unexpectedSms', subject, `${kind}: nobody has asked for it`)
    else if (sid === null && isAtRest && !isDone)
      yield finding('missingSms', subject, `${kind}: it is still to be sent`)
    else if (sid !== null && phone !== '' && taken?.to !== phone)
      yield finding('missingSms', subject, `${kind}: the gateway has no ${sid} to its phone`)
  }
}

/** Of a copy the gateway knows who got it, and whether whoever sent the first one could know that it was taken. */
function* findSecondSms(books: Books, allowed: number): Findings {
  const { copies, strangers } = unnotedSms(books)
  const excused = smsLeftOpen(books)
  const unanswered = new Set<string>()
  for (const sms of books.sms.values()) if (!sms.isAnswered) unanswered.add(wordsOf(sms))
  const unexplained = copies.filter((sms) => !unanswered.delete(wordsOf(sms)))
  if (unexplained.length > allowed)
    for (const { sid, to } of unexplained) yield finding('duplicateSms', sid, `to ${to}`)
  if (books.isAtRest)
    for (const { sid, to } of strangers)
      if (!excused.take(to)) yield finding('unexpectedSms', sid, `to ${to}, and not noted`)
}

/** What the gateway has taken and nobody has noted: copies of what is noted, and what is none of ours. */
export function unnotedSms({ mail, sms }: Pick<Books, 'mail' | 'sms'>): { copies: Sms[]; strangers: Sms[] } {
  const noted = new Set([...mail.sms.values()].map(({ sid }) => sid))
  const all = [...sms.values()]
  const texts = new Set(all.filter(({ sid }) => noted.has(sid)).map(wordsOf))
  const surplus = all.filter(({ sid }) => !noted.has(sid))
  return {
    copies: surplus.filter((one) => texts.has(wordsOf(one))),
    strangers: surplus.filter((one) => !texts.has(wordsOf(one))),
  }
}

const wordsOf = ({ to, body }: Sms) => `${to} ${body}`
