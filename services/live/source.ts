import type { Position, Topic } from '../../shared/topics.ts'

/** Up to where somebody has been told of a topic, and whom it is to be asked for: nobody, where it was opened by a key. */
export type Wanted = { topic: Topic; after: number; session: Position['session'] }

/** One thing that happened, or how it is now; `json` is its data, and `at` is null where that says nothing. */
export type Row = { seq: number; kind: string; at: string | null; json: string }

/**
 * What is new in a topic, by its number: all of it after `since`, which is later than what was asked for where more has happened than
 * is told again. Whoever knows nothing, or less than that, begins after `begins`: with the newest, some of which may have a number from
 * before `since`. Who has been told has all up to `upTo`.
 */
export type Found = { rows: Row[]; since: number; begins: number; upTo: number }

/** Where news of some topics are read. */
export type Source = {
  name: string
  /**
   * What is new in all of these, in their order; null where there is no such topic, or not for that session. Rejects while it cannot
   * be asked.
   */
  read(wanted: Wanted[]): Promise<(Found | null)[]>
}
