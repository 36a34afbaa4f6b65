import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Figures } from '../contest.ts'

/** The gateway's files in the folder of a round. */
export const LEDGER = 'gateway-ledger.jsonl'
export const LOG = 'gateway.log'

/** When the gateway took a payment, and when it refused a call because there were too many; ms since 1970, ascending. */
export type Calls = { taken: number[]; refused: number[] }

const SECOND_MS = 1_000

const taken = z.object({ kind: z.string(), at: z.number() })
const said = z.object({ msg: z.string().optional(), time: z.number() })

/** Reads what a gateway has written that is gone by now. */
export function readCalls(folder: string): Calls {
  const lines = (file: string) => readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean).map(parsed)
  const charges = lines(LEDGER)
    .map((line) => taken.parse(line))
    .filter(({ kind }) => kind === 'charge')
  const refusals = lines(LOG)
    .map((line) => said.parse(line))
    .filter(({ msg }) => msg === 'request.refused')
  return { taken: ascending(charges.map(({ at }) => at)), refused: ascending(refusals.map(({ time }) => time)) }
}

const parsed = (line: string): unknown => JSON.parse(line)
const ascending = (times: number[]) => times.sort((a, b) => a - b)

/** What the calls come to: how long it took from `sinceMs` to the last payment, and how the gateway was treated meanwhile. */
export function callFigures({ taken, refused }: Calls, sinceMs: number): Figures {
  const first = Math.min(taken[0] ?? Number.POSITIVE_INFINITY, refused[0] ?? Number.POSITIVE_INFINITY)
  const later = refused.filter((at) => at >= first + SECOND_MS).length
  return {
    drainSeconds: ((taken.at(-1) ?? Number.NaN) - sinceMs) / SECOND_MS,
    refusedFirstSecond: refused.length - later,
    refusedLater: later,
    busiestSecond: mostInASecond(taken),
  }
}

/** The most of these times that lie within any one second. */
export function mostInASecond(times: number[]): number {
  let from = 0
  return times.reduce((most, at, i) => {
    while (at - (times[from] ?? at) >= SECOND_MS) from++
    return Math.max(most, i - from + 1)
  }, 0)
}

/** How many of these times lie between two others, the first included. */
export function countBetween(times: number[], fromMs: number, toMs: number): number {
  return times.filter((at) => at >= fromMs && at < toMs).length
}
