import { printable } from '../terminal/printable.ts'
import { type Row, table } from '../terminal/table.ts'
import type { FuzzReport } from './run-fuzz.ts'

const SHOWN_PER_KIND = 3

/** What was asked, what was answered, and what should not have been. */
export function tableOf({ plan, tally, findings, tookMs }: FuzzReport): string {
  const statuses = [...new Set([...tally.values()].flatMap((counts) => [...counts.keys()]))].sort()
  const rows = [...tally.entries()]
    .sort()
    .map(([route, counts]): Row => [route, ...statuses.map((one) => counts.get(one) ?? '')])
  return [
    `Fuzz, seed ${plan.seed}, ${plan.requests} requests in ${Math.round(tookMs / 1_000)} s`,
    table([['route', ...statuses]], rows),
    ...findingLines(findings),
    `${findings.length === 0 ? 'PASSED' : `FAILED, ${findings.length} findings`} (seed ${plan.seed})`,
  ].join('\n')
}

/** The first few of each kind; the others are most often the same. */
function findingLines(findings: FuzzReport['findings']): string[] {
  const kinds = new Map<string, typeof findings>()
  for (const finding of findings) {
    const kind = `${finding.route}: ${finding.what.slice(0, 60)}`
    kinds.set(kind, [...(kinds.get(kind) ?? []), finding])
  }
  return [...kinds.values()].flatMap((found) => [
    ...found
      .slice(0, SHOWN_PER_KIND)
      .flatMap(({ nth, route, what, repeat }) => [
        `  ${printable(`${route}, request ${nth}: ${what}`)}`,
        ...(repeat === '' ? [] : [`    ${repeat}`]),
      ]),
    ...(found.length > SHOWN_PER_KIND ? [`  and ${found.length - SHOWN_PER_KIND} more like these`] : []),
  ])
}
