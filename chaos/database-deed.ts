import type { Service } from '../shared/routes.ts'
import type { Tally } from './nemesis.ts'

/** What can be done to the PostgreSQL of a shop, and to the way there. Times in ms. */
export type DatabaseDeed =
  | { kind: 'kill database' | 'freeze database' | 'database away'; forMs: number }
  | { kind: 'end sessions' | 'forget connections' }
  | { kind: 'lost commits'; share: number; forMs: number }
  | { kind: 'freeze turn' | 'hold turn'; service: Service; forMs: number }

/** Those that are drawn. */
export const postgresKinds = [
  ...(['kill database', 'freeze database', 'end sessions', 'forget connections', 'lost commits'] as const),
  ...(['freeze turn', 'hold turn'] as const),
] satisfies DatabaseDeed['kind'][]

/** The one that is done where it is asked for: it is watched, and other faults would be taken for its work. */
export const AWAY = 'database away'

const kinds = [...postgresKinds, AWAY]

export const isDatabaseDeed = (deed: { kind: string }): deed is DatabaseDeed => kinds.some((kind) => kind === deed.kind)

/** What the table calls it. */
export function nameOfDatabaseDeed(deed: DatabaseDeed): string {
  if (deed.kind === 'freeze turn') return `${deed.service} frozen in its turn`
  if (deed.kind === 'hold turn') return `turn of ${deed.service} held by somebody`
  return deed.kind
}

const undoing: readonly string[] = ['kill database', 'end sessions', 'forget connections', AWAY]

/** How many of them were done after which a message may be handled once more, from the beginning: a transaction has failed, or nobody knows. */
export function blowsToWrites({ done }: Tally): number {
  return undoing.reduce((sum, name) => sum + (done.get(name) ?? 0), 0)
}
