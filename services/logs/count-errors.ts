import { type Columns, insert } from '../../shared/store/sql.ts'
import { type Failure, failureOf } from './fingerprint.ts'
import type { Follow } from './keep-lines.ts'
import { clip, type ParsedLine } from './line.ts'
import { minuteOf } from './rollups.ts'

const KINDS_MAX = 100 // in one batch; beyond them kinds are counted together
const SAMPLE_MAX = 4_000 // characters

type Kind = Failure & { firstAt: number; lastAt: number; sample: string }
type Count = { minute: number; fingerprint: string; count: number }

const kindColumns: Columns<Kind> = ['fingerprint', 'service', 'msg', 'words', 'place', 'firstAt', 'lastAt', 'sample']
const countColumns: Columns<Count> = ['minute', 'fingerprint', 'count']

/** Counts what went wrong by its kind. */
export const countErrors: Follow = async (tx, lines) => {
  const { kinds, counts } = errorsIn(lines)
  if (kinds.length === 0) return
  await tx.$executeRaw`
    ${insert('ErrorKind', kindColumns, kinds)}
    ON CONFLICT (fingerprint) DO UPDATE SET
      "firstAt" = CASE WHEN excluded."firstAt" < "ErrorKind"."firstAt" THEN excluded."firstAt" ELSE "ErrorKind"."firstAt" END,
      sample = CASE WHEN excluded."lastAt" >= "ErrorKind"."lastAt" THEN excluded.sample ELSE "ErrorKind".sample END,
      "lastAt" = CASE WHEN excluded."lastAt" > "ErrorKind"."lastAt" THEN excluded."lastAt" ELSE "ErrorKind"."lastAt" END`
  await tx.$executeRaw`
    ${insert('ErrorCount', countColumns, counts)}
    ON CONFLICT (minute, fingerprint) DO UPDATE SET count = "ErrorCount".count + excluded.count`
}

function errorsIn(lines: ParsedLine[]) {
  const kinds = new Map<string, Kind>()
  const counts = new Map<string, Count>()
  for (const line of lines) {
    const found = failureOf(line)
    if (found === null) continue
    const failure = kinds.size < KINDS_MAX || kinds.has(found.fingerprint) ? found : OTHERS
    kinds.set(failure.fingerprint, withLine(kinds.get(failure.fingerprint), failure, line))
    count(counts, minuteOf(line.at), failure.fingerprint)
  }
  return { kinds: [...kinds.values()], counts: [...counts.values()] }
}

const OTHERS: Failure = { fingerprint: 'others', service: 'other', msg: 'other', words: '…', place: null }

function withLine(known: Kind | undefined, failure: Failure, { at, text }: ParsedLine): Kind {
  const sample = clip(text, SAMPLE_MAX)
  if (known === undefined) return { ...failure, firstAt: at, lastAt: at, sample }
  const newest = at >= known.lastAt ? { lastAt: at, sample } : {}
  return { ...known, ...newest, firstAt: Math.min(known.firstAt, at) }
}

function count(counts: Map<string, Count>, minute: number, fingerprint: string): void {
  const key = `${minute} ${fingerprint}`
  const known = counts.get(key) ?? { minute, fingerprint, count: 0 }
  known.count++
  counts.set(key, known)
}
