import type { Row } from '../terminal/table.ts'
import { nameOf } from './fault.ts'
import { faultCount } from './nemesis.ts'
import type { ChaosReport } from './run-chaos.ts'

/** What was done to the shop, what was not, and mostly why not. */
export function faultRows({ plan, missing, storm: { tally }, log }: ChaosReport): Row[] {
  const kinds = [...new Set(plan.faults.map(nameOf))].sort()
  return [
    ['faults done', faultCount(tally)],
    ...kinds.map((kind): Row => [`  ${kind}`, tally.done.get(kind) ?? 0]),
    ...[...missing].map(([kind, why]): Row => [`  ${kind}, not available here: ${why}`, '-']),
    ['faults missed (victim not there just then)', tally.missed],
    ...mostOf(tally.why).map(([why, count]): Row => [`  ${why}`, count]),
    ...tally.told.map((line): Row => [line, '']),
    ['deaths of processes', log.deathCount()],
  ]
}

const WHY_MAX = 12 // rows

const mostOf = (counts: Map<string, number>) => [...counts].sort(([, a], [, b]) => b - a).slice(0, WHY_MAX)
