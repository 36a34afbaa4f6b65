import { oneMailbox } from './addresses.ts'
import type { Alert, AlertBook } from './alert-book.ts'
import type { Books } from './books.ts'
import { type Findings, finding } from './finding.ts'
import { type Allowance, askedAndNotNoted, TO_CONFIRM } from './left-open.ts'

/** Was everybody who has confirmed told of their product, once, by one mail; and nobody else? */
export function* checkAlerts(books: Books): Findings {
  const { alerts: book } = books.mail
  const mails = mailsByAlert(book)
  const notNoted = askedAndNotNoted(books)
  for (const alert of book.alerts.values()) {
    const sent = mails.get(alert.id) ?? new Map<string, string[]>()
    yield* findWrong(alert, book)
    yield* compare(alert, sent, books, notNoted)
    yield* findAstray(alert, [...sent.values()].flat(), books)
  }
}

type Sent = Map<string, string[]>

/** The Message-IDs of what was sent about each alert, by kind. */
function mailsByAlert({ mails }: AlertBook): Map<string, Sent> {
  const all = new Map<string, Sent>()
  for (const { alert, kind, messageId } of mails) {
    const sent = all.get(alert) ?? new Map<string, string[]>()
    sent.set(kind, [...(sent.get(kind) ?? []), messageId])
    all.set(alert, sent)
  }
  return all
}

/** An event goes out for each that is told, in the same transaction. */
function* findWrong({ id, state, isConfirmed }: Alert, { due }: AlertBook): Findings {
  const times = due.get(id) ?? 0
  if (state === 'told' && times !== 1) yield finding('wrongAlert', id, `told, by ${times} events`)
  if (state !== 'told' && state !== 'stopped' && times > 0)
    yield finding('wrongAlert', id, `${state}, and was to be told`)
  if (times > 0 && !isConfirmed) yield finding('wrongAlert', id, 'told, though nobody has confirmed it')
}

/**
 * As many mails as were asked for; fewer where its server refuses them, or it was stopped before. Once it is confirmed nobody is
 * asked again, though they have asked twice.
 */
function* compare(
  { id, kind, state, email, isConfirmed }: Alert,
  sent: Sent,
  books: Books,
  notNoted: Allowance,
): Findings {
  const { alerts, bounced } = books.mail
  const wanted = new Map([
    [TO_CONFIRM, alerts.asked.get(id) ?? 0],
    [kind, alerts.due.get(id) ?? 0],
  ])
  const isExcused = state === 'stopped' || email === '' || bounced.has(id)
  for (const which of new Set([...wanted.keys(), ...sent.keys()])) {
    const [most, count] = [wanted.get(which) ?? 0, sent.get(which)?.length ?? 0]
    if (count > most) yield finding('unexpectedMail', id, `${which}: ${count} of ${most}`)
    const isFollowed = which === TO_CONFIRM && isConfirmed
    const least = isFollowed ? Math.min(most, 1) : most
    if (!books.isAtRest || count >= least || isExcused) continue
    if (!isFollowed || !notNoted.take(oneMailbox(email)))
      yield finding('missingMail', id, `${which}: ${count} of ${most}`)
  }
}

function* findAstray({ id, email }: Alert, messageIds: string[], { mailbox }: Books): Findings {
  for (const messageId of messageIds) {
    const came = mailbox.personal.get(messageId)
    if (came === undefined) yield finding('undeliveredMail', id, messageId)
    for (const { kind, to } of came ?? [])
      if (email !== '' && (to.length !== 1 || oneMailbox(to[0] ?? '') !== oneMailbox(email)))
        yield finding('misdirectedMail', id, `${kind} to ${to.join(', ') || 'nobody'}`)
  }
}
