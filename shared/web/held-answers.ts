import type { Response } from './http.ts'

/** Answers that are still being told to someone who was let in: streams, which would go on for ever. */
export type HeldAnswers<Session> = {
  /** Ends the answer in `ms` at the latest. */
  hold(session: Session, res: Response, ms: number): void
  /** Ends what is told to those that are meant. */
  hangUp(isMeant: (session: Session) => boolean): void
}

/** One for each program: what it tells to a session ends with the session. */
export function holdAnswers<Session>(): HeldAnswers<Session> {
  const held = new Map<Response, Session>()
  return {
    hold: (session, res, ms) => {
      if (held.has(res)) return // a stream of many topics is held for each
      const ending = setTimeout(() => res.end(), ms).unref()
      held.set(res, session)
      res.once('close', () => {
        clearTimeout(ending)
        held.delete(res)
      })
    },
    hangUp: (isMeant) => {
      for (const [res, session] of held) if (isMeant(session)) res.end()
    },
  }
}
