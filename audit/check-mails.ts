import { inOneForm, oneMailbox } from './addresses.ts'
import type { Books } from './books.ts'
import { type Fate, fateOf } from './fates.ts'
import { type Findings, finding } from './finding.ts'
import { isUnknown, stillOrders } from './known-orders.ts'
import { mailAbout } from './listeners.ts'
import { type Arrived, copiesByKind, duplicatesIn } from './mailbox.ts'
import type { Order } from './order-book.ts'
import { postsOf } from './post.ts'
import type { Step } from './story.ts'

/** Has every customer been told what became of the order, once, and nobody else? */
export function* checkMails(books: Books, allowedDuplicates: number): Findings {
  const putAway = mailsPutAway(books)
  for (const order of stillOrders(books)) {
    const arrived = books.mailbox.arrived.get(order.id) ?? []
    yield* compare(order, arrived, putAway, books)
    yield* findMisdirected(order, arrived)
  }
  yield* findDuplicates(books, allowedDuplicates)
  yield* findMailsWithoutOrder(books)
}

/** The mails that came, those noted as sent, and those that are due, kind by kind. */
function* compare(order: Order, arrived: Arrived[], putAway: Set<string>, books: Books): Findings {
  const { isAtRest, mail, accounts } = books
  const { id, state, steps } = order
  const fate = fateOf(order, isAtRest)
  if (fate === undefined) return
  const came = new Set(arrived.map(({ kind }) => inFull(kind, steps)))
  const noted = new Set([...(mail.noted.get(id) ?? [])].map((kind) => inFull(kind, steps)))
  const due = isAtRest ? dueMails(fate, steps) : new Set<string>()
  const allowed = isAtRest ? due : fate.mayMail
  for (const kind of came)
    if (!allowed.has(isAtRest ? kind : plain(kind))) yield finding('unexpectedMail', id, `${state}: ${kind}`)
  for (const kind of noted) if (!came.has(kind)) yield finding('undeliveredMail', id, `${state}: ${kind}`)
  const unwanted = mayWantNone(order, accounts) ? [...(mail.unsent.get(id) ?? [])] : []
  const excused = new Set(unwanted.map((kind) => inFull(kind, steps)))
  for (const kind of due)
    if (
      !came.has(kind) &&
      !noted.has(kind) &&
      !excused.has(kind) &&
      !putAway.has(`${id} ${plain(kind)}`) &&
      !mail.bounced.has(id)
    )
      yield finding('missingMail', id, `${state}: ${kind}`)
  if (isAtRest)
    for (const kind of came)
      if (!noted.has(kind) && !excused.has(kind)) yield finding('unnotedMail', id, `${state}: ${kind}`)
}

/** Mails that a person has decided against, as "order kind": what asks for them was put away as a dead letter. */
function mailsPutAway(books: Books): Set<string> {
  const letters = postsOf(books).flatMap(({ discarded }) => discarded)
  const ofMails = letters.filter(({ queue }) => queue === 'notification')
  return new Set(ofMails.map(({ subject, name }) => `${subject} ${mailAbout.get(name ?? '') ?? 'none'}`))
}

/** Guests want all mails, but for who had an account with that address, and has gone. */
function mayWantNone({ account, email }: Order, accounts: Books['accounts']): boolean {
  return account !== null || (accounts?.forgotten.has(oneMailbox(email)) ?? false)
}

/** What the state asks for, and what else the order went through on its way: once all is at rest, these and no others. */
function dueMails({ mustMail, mayMail }: Fate, steps: Order['steps']): Set<string> {
  const told = steps.map(mailOf)
  const plainly = new Set(told.map(plain))
  return new Set([
    ...[...mustMail].filter((kind) => !plainly.has(kind)),
    ...told.filter((kind) => mayMail.has(plain(kind))),
  ])
}

/** There is one mail for each refund, and for each card that is declined; that of the first has no number. */
function mailOf({ event, of }: Step): string {
  const kind = mailAbout.get(event) ?? ''
  const isCounted = kind === REFUNDED || (kind === 'declined' && Number(of) > 1)
  return isCounted ? `${kind} ${of}` : kind
}

/** Where a mail does not say which refund it tells of, there was one of all the money. */
function inFull(kind: string, steps: Step[]): string {
  return kind === REFUNDED ? mailOf(steps.find(({ event }) => mailAbout.get(event) === REFUNDED) ?? NOTHING) : kind
}

const REFUNDED = 'refunded'
const NOTHING = { event: 'payment.refunded', of: '', state: '' }
const plain = (kind: string) => kind.split(' ')[0] ?? kind

function* findMisdirected({ id, email }: Order, arrived: Arrived[]): Findings {
  const wanted = inOneForm(email)
  if (wanted === '') return // its customer has gone, and is forgotten
  for (const { kind, to } of arrived)
    if (to.length !== 1 || inOneForm(to[0] ?? '') !== wanted)
      yield finding('misdirectedMail', id, `${kind} to ${to.join(', ') || 'nobody'}`)
}

/** Only a crash between the server's OK and the commit explains a second copy; how many there may be, others know. */
function* findDuplicates({ mailbox }: Books, allowed: number): Findings {
  if (duplicatesIn(mailbox) <= allowed) return
  for (const [id, mails] of mailbox.arrived)
    for (const [kind, copies] of copiesByKind(mails))
      if (copies > 1) yield finding('duplicateMail', id, `${kind}: ${copies} copies`)
  for (const [messageId, { length: copies }] of mailbox.personal)
    if (copies > 1) yield finding('duplicateMail', messageId, `${copies} copies`)
}

function* findMailsWithoutOrder(books: Books): Findings {
  const { mail, mailbox } = books
  for (const id of mailbox.arrived.keys()) if (isUnknown(books, id)) yield finding('withoutOrder', id, 'a mail')
  for (const id of mail.noted.keys())
    if (isUnknown(books, id)) yield finding('withoutOrder', id, 'a mail noted as sent')
  for (const id of mail.contacts.keys()) if (isUnknown(books, id)) yield finding('withoutOrder', id, 'a contact')
  for (const id of mailbox.nameless) yield finding('withoutOrder', id, 'a mail that names none')
}
