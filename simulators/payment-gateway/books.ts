import type { Entry, SessionLine } from './entry.ts'
import { type Intent, type IntentLine, isIntentLine } from './intent.ts'
import { type Session, sessionIdOf } from './session.ts'

type Growing = Intent & { lines: IntentLine[] }

/** The entries in memory, with the ways in. */
export class Books {
  readonly entries: Entry[] = []
  readonly byKey = new Map<string, Entry>()
  readonly byOrder = new Map<string, Entry[]>()
  readonly intents = new Map<string, Growing>()
  readonly sessions = new Map<string, Session>()
  /** Of charges, refunds, disputes and challenges, to their intents. */
  readonly intentOf = new Map<string, string>()

  add(entry: Entry): void {
    this.entries.push(entry)
    if (entry.key !== undefined) this.byKey.set(entry.key, entry)
    if (entry.orderId !== undefined) this.#addToOrder(entry.orderId, entry)
    if (isIntentLine(entry)) this.#addToIntent(entry)
    this.#addToSession(entry)
  }

  #addToOrder(orderId: string, entry: Entry): void {
    const entries = this.byOrder.get(orderId)
    if (entries) entries.push(entry)
    else this.byOrder.set(orderId, [entry])
  }

  #addToIntent(line: IntentLine): void {
    for (const id of partsOf(line)) this.intentOf.set(id, line.intentId)
    const intent = this.intents.get(line.intentId)
    if (intent) intent.lines.push(line)
    else if (line.kind === 'open' || line.kind === 'charge' || line.kind === 'decline')
      this.intents.set(line.intentId, { opened: line, lines: [line] })
    else throw new Error(`${line.intentId} was never opened`)
  }

  #addToSession(entry: Entry): void {
    const sessionId = sessionIdOf(entry)
    if (sessionId === undefined) return
    const session = this.sessions.get(sessionId)
    if (session) this.sessions.set(sessionId, { ...session, ...advanced(session, entry) })
    else if (entry.kind === 'session' && entry.terms)
      this.sessions.set(sessionId, {
        opened: entry,
        terms: entry.terms,
        newest: entry,
        intentId: undefined,
        isPaid: false,
      })
    else throw new Error(`${sessionId} was never opened`)
  }
}

function advanced({ newest, isPaid }: Session, entry: Entry): Pick<Session, 'newest' | 'intentId' | 'isPaid'> {
  if (entry.kind === 'session')
    return { newest: entry, intentId: entry.intentId, isPaid: isPaid || entry.isPaid === true }
  if (entry.kind !== 'charge') return { newest, intentId: entry.intentId, isPaid }
  const complete: SessionLine = { ...newest, status: 'complete' } // also where a power cut took the line that says so
  return { newest: complete, intentId: entry.intentId, isPaid: true }
}

function* partsOf(line: IntentLine): Generator<string> {
  if ('chargeId' in line && line.chargeId !== undefined) yield line.chargeId
  if (line.kind === 'open' && line.challengeId !== undefined) yield line.challengeId
  if (line.kind === 'refund') yield line.refundId
  if (line.kind === 'dispute') yield line.disputeId
}
