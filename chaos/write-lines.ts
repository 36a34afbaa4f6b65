import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { BesideLog } from './beside-log.ts'

/**
 * So many lines that programs beside the shop write down in a run, over its time. `kept`: how many full files each keeps; what
 * is in older ones is gone, read or not.
 */
export type LinePlan = { count: number; writers: number; kept: number }

/** How many lines each start of a program has written, by its name; and how often files were put aside. */
export type LineReceipts = { runs: Map<string, number>; written: number; rotations: number }

/** `rotate` puts one file aside, each in its turn. */
export type Lines = { told: LineReceipts; rotate(): void; done: Promise<void> }

const TURN_MS = 50
const RUN_LINES = 20_000 // then a program is started again, and counts from 1
/** What the lines of these programs are told by. */
export const BESIDE = 'beside'

type Place = { dataDir: string; durationMs: number; signal: AbortSignal }

/** Writes the lines of a run beside the shop, in its folder of logs, as many in a second as the run has time for. */
export function writeLines({ count, writers, kept }: LinePlan, { dataDir, durationMs, signal }: Place): Lines {
  const told: LineReceipts = { runs: new Map(), written: 0, rotations: 0 }
  const all = Array.from({ length: writers }, (_, i) =>
    createWriter(new BesideLog(join(dataDir, 'logs'), `${BESIDE}-${i + 1}`, kept), told),
  )
  let isOver = false
  const write = async () => {
    const startMs = performance.now()
    while (told.written < count && !signal.aborted) {
      const due = Math.min(count, (count * (performance.now() - startMs)) / durationMs)
      const each = Math.ceil(Math.max(0, due - told.written) / writers)
      for (const one of all) one.write(Math.min(each, TURN_LINES_MAX))
      await delay(TURN_MS)
    }
    isOver = true
    for (const one of all) one.close()
  }
  const rotate = () => {
    if (isOver) throw new Error('all lines are written')
    all[told.rotations++ % writers]?.rotate()
  }
  return { told, rotate, done: write() }
}

const TURN_LINES_MAX = 2_000 // so that what was held up for a while does not come at once

function createWriter(log: BesideLog, told: LineReceipts) {
  let [run, n] = [newRun(), 0]
  return {
    write: (count: number) => {
      if (n >= RUN_LINES) [run, n] = [newRun(), 0]
      const lines = Array.from({ length: count }, (_, i) => lineOf(run, n + 1 + i))
      const taken = log.append(lines)
      n += taken
      told.written += taken
      if (n > 0) told.runs.set(run, n)
    },
    rotate: () => log.rotate(),
    close: () => log.close(),
  }
}

const newRun = () => `${BESIDE}-${randomUUID().slice(0, 8)}`

const LONG_EVERY = 1_009
const STRANGE_EVERY = 997

/** As programs write them: most are short, some are long, some have more than ASCII in them. */
function lineOf(run: string, n: number): string {
  const what =
    n % LONG_EVERY === 0 ? 'long '.repeat(2_000) : n % STRANGE_EVERY === 0 ? 'größer 快樂 🎈' : 'as it is '.repeat(8)
  const said = { run, n, level: 30, time: Date.now(), service: BESIDE, subject: `${run}-${n % 500}` }
  return `${JSON.stringify({ ...said, msg: 'beside.written', what, check: checkOf(n) })}\n`
}

/** What a line carries that nobody makes up who has mixed two lines. */
const checkOf = (n: number): number => (n * 7_919) % 1_000_003
