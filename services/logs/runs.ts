import { type Columns, insert } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import { isNumbered, type ParsedLine } from './line.ts'
import type { Fresh } from './lines.ts'

type Run = { run: string; service: string; first: number; last: number; lines: number; beganAt: number; lastAt: number }
const columns: Columns<Run> = ['run', 'service', 'first', 'last', 'lines', 'beganAt', 'lastAt']

/** Counts the lines of each start of a program, so that a missing one is known by its number. */
export async function noteRuns(tx: Client, { lines }: Fresh): Promise<void> {
  const runs = runsIn(lines)
  if (runs.length === 0) return
  await tx.$executeRaw`
    ${insert('Run', columns, runs)}
    ON CONFLICT (run) DO UPDATE SET
      first = CASE WHEN excluded.first < "Run".first THEN excluded.first ELSE "Run".first END,
      last = CASE WHEN excluded.last > "Run".last THEN excluded.last ELSE "Run".last END,
      lines = "Run".lines + excluded.lines,
      "lastAt" = CASE WHEN excluded."lastAt" > "Run"."lastAt" THEN excluded."lastAt" ELSE "Run"."lastAt" END`
}

function runsIn(lines: ParsedLine[]): Run[] {
  const runs = new Map<string, Run>()
  for (const line of lines) {
    if (!isNumbered(line)) continue
    const { run, service, n, at } = line
    const known = runs.get(run)
    if (known === undefined) runs.set(run, { run, service, first: n, last: n, lines: 1, beganAt: at, lastAt: at })
    else count(known, line)
  }
  return [...runs.values()]
}

function count(run: Run, { n, at }: ParsedLine): void {
  run.first = Math.min(run.first, n)
  run.last = Math.max(run.last, n)
  run.lastAt = Math.max(run.lastAt, at)
  run.lines++
}
