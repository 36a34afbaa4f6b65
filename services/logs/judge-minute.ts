import { kindOf, type Usual, usualOf, withDemand } from './anomaly.ts'
import { type Minute, nameOf, type Past } from './past-minutes.ts'
import type { AnomalyKind, Basis } from './summary-answer.ts'

const MINUTES_MIN = 20 // fewer say nothing of what is usual

/** Something out of the usual in one minute. */
export type Finding = {
  service: string
  msg: string
  kind: AnomalyKind
  perMinute: number
  usualLow: number
  usualHigh: number
  minutes: number
  basis: Basis
}

/** A minute, the one before it, what they are compared with, and whether a kind of line was told in the last seven days. */
export type Case = { minute: Minute; previous: Minute | undefined; past: Past; isKnown(name: string): boolean }

const PLACED = nameOf('order', 'order.placed')

/** What is out of the usual: what is told more or less often than demand explains, and warnings that are new. */
export function judge({ minute, previous, past, isKnown }: Case): Finding[] {
  const { basis, minutes } = past
  const findings: Finding[] = []
  const found = (name: string, kind: AnomalyKind, { low, high }: Usual) =>
    findings.push({
      ...{ ...partsOf(name), kind, perMinute: minute.counts.get(name) ?? 0 },
      ...{ usualLow: low, usualHigh: high, minutes: minutes.length, basis },
    })
  for (const name of minute.warnings) if (!isKnown(name) && !isOwn(name)) found(name, 'new', { low: 0, high: 0 })
  if (minutes.length < MINUTES_MIN) return findings
  const usually = (name: string) => usualOf(minutes.map(({ counts }) => counts.get(name) ?? 0))
  const placed = [placedIn(minute), placedIn(previous ?? minute)] as const
  const demand = usually(PLACED)
  for (const name of namesIn([minute, ...minutes])) {
    const usual = name === PLACED ? demand : withDemand(usually(name), placed, demand)
    const kind = kindOf(minute.counts.get(name) ?? 0, usual)
    if (kind !== null && isKnown(name) && !isOwn(name)) found(name, kind, usual)
  }
  return findings
}

const placedIn = ({ counts }: Minute) => counts.get(PLACED) ?? 0
const namesIn = (minutes: Minute[]) => new Set(minutes.flatMap(({ counts }) => [...counts.keys()]))

/** What we say about what others say is not to be wondered about in its turn. */
const isOwn = (name: string) => name.startsWith(nameOf('logs', 'anomaly.'))

function partsOf(name: string): { service: string; msg: string } {
  const [service = '', msg = ''] = name.split(' ')
  return { service, msg }
}
