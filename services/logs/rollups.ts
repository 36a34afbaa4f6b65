import { type Columns, insert, records } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import type { Follow } from './keep-lines.ts'
import type { ParsedLine } from './line.ts'
import { addTimes, noteTime, type Times, textOf, timesIn } from './times.ts'

export const MINUTE_MS = 60_000

/** What was told in a minute: `minute` is its beginning in ms, `times` as `textOf` has it. */
export type Rollup = {
  minute: number
  service: string
  msg: string
  level: number
  count: number
  times: string | null
}
type Key = Pick<Rollup, 'minute' | 'service' | 'msg' | 'level'>
type Tally = Key & { count: number; took: Times }

const keys: Columns<Key> = ['minute', 'service', 'msg', 'level']
const columns: Columns<Rollup> = [...keys, 'count', 'times']

const KINDS_MAX = 500 // in one batch; whoever writes more kinds of lines has no kinds
const OTHER = 'other'
const WORD = /^[a-zA-Z][\w.-]{0,63}$/

/** Counts lines by minute, service, words and level, with how long each took where they say so. */
export const countLines: Follow = async (tx, lines) => {
  const tallies = tally(lines)
  if (tallies.length === 0) return
  await addKnownTimes(tx, tallies)
  const rows = tallies.map(({ took, ...row }) => ({ ...row, times: took.size === 0 ? null : textOf(took) }))
  await tx.$executeRaw`
    ${insert('Rollup', columns, rows)}
    ON CONFLICT (minute, service, msg, level) DO UPDATE SET
      count = "Rollup".count + excluded.count, times = COALESCE(excluded.times, "Rollup".times)`
}

function tally(lines: ParsedLine[]): Tally[] {
  const tallies = new Map<string, Tally>()
  for (const line of lines) {
    const one = tallyFor(tallies, line)
    one.count++
    if (line.ms !== null) noteTime(one.took, line.ms)
  }
  return [...tallies.values()]
}

function tallyFor(tallies: Map<string, Tally>, line: ParsedLine): Tally {
  const minute = minuteOf(line.at)
  const level = levelOf(line.level)
  const service = wordOf(line.service)
  const msg = tallies.size < KINDS_MAX ? wordOf(line.msg) : OTHER
  const key = `${minute} ${level} ${service} ${msg}`
  const known = tallies.get(key)
  if (known !== undefined) return known
  const made = { minute, service, msg, level, count: 0, took: new Map() }
  tallies.set(key, made)
  return made
}

export const minuteOf = (ms: number) => ms - (ms % MINUTE_MS)
/** By tens, as all our programs have them: what somebody else writes shall not make a row of its own. */
const levelOf = (level: number) => Math.min(60, Math.max(10, level - (level % 10)))
const wordOf = (text: string) => (WORD.test(text) ? text : OTHER)

/** Whoever comes here is alone in the table until the commit, so what is read is still so when it is written. */
async function addKnownTimes(tx: Client, tallies: Tally[]): Promise<void> {
  const timed = tallies.filter(({ took }) => took.size > 0)
  if (timed.length === 0) return
  const known = await tx.$queryRaw<Rollup[]>`
    SELECT old.minute, old.service, old.msg, old.level, old.times FROM ${records('Rollup', keys, timed)} AS new
    JOIN "Rollup" AS old
      ON old.minute = new.minute AND old.service = new.service AND old.msg = new.msg AND old.level = new.level`
  const texts = new Map(known.map(({ times, ...key }) => [nameOf(key), times]))
  for (const one of timed) addTimes(one.took, timesIn(texts.get(nameOf(one)) ?? '[]'))
}

const nameOf = ({ minute, service, msg, level }: Key) => `${minute} ${level} ${service} ${msg}`
