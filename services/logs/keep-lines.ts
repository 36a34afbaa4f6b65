import type { Handler } from '../../shared/handler.ts'
import type { Logger } from '../../shared/logger.ts'
import type { Client } from './db.ts'
import { noteGaps } from './gaps.ts'
import { noteHour } from './hours.ts'
import { type ParsedLine, parseLines } from './line.ts'
import { insertLines } from './lines.ts'
import { noteRuns } from './runs.ts'

/** What follows from lines that were not kept before, in the transaction that keeps them. */
export type Follow = (tx: Client, lines: ParsedLine[]) => Promise<void>

/** `partBytes`: how much of an hour goes to the archive at once. */
export type Keeping = { log: Logger; partBytes: number; follow: readonly Follow[]; now?: () => number }

/**
 * Keeps the lines of a batch, each once whatever comes twice, and notes what was missing before them. It says
 * nothing of its own: that would be a line about each batch of lines, and so one more batch.
 */
export function keepLines({ log, partBytes, follow, now = Date.now }: Keeping): Handler<'log.collected', Client> {
  return {
    says: null,
    async apply(tx, batch) {
      const messages = batch.map(({ message }) => message)
      const gaps = await noteGaps(tx, messages)
      const lines = messages.flatMap(({ data, at }) => parseLines(data.lines, data, at))
      const fresh = await insertLines(tx, lines)
      await noteHour(tx, fresh, { at: now(), partBytes })
      await noteRuns(tx, fresh)
      for (const one of follow) await one(tx, fresh.lines)
      for (const gap of gaps) log.warn(gap, 'log.gap')
    },
  }
}
