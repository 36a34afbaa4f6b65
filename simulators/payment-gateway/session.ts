import type { Entry, SessionLine, Terms } from './entry.ts'

/** A hosted page: the line that opened it, its terms, what it says now, and what somebody paid by it. */
export type Session = {
  opened: SessionLine
  terms: Terms
  newest: SessionLine
  intentId: string | undefined
  isPaid: boolean
}

/** The session as it was when `entry`, a line of its own, was written. */
export function sessionAsOf(session: Session, entry: SessionLine): Session {
  return { ...session, newest: entry, intentId: entry.intentId, isPaid: entry.isPaid === true }
}

/** The session that a line belongs to. */
export function sessionIdOf(entry: Entry): string | undefined {
  return 'sessionId' in entry ? entry.sessionId : undefined
}
