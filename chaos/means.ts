import type { Fault, Kind } from './fault.ts'

/** What some faults need of the machine: there, or the reason why not. */
export type Means<T> = { have: T } | { why: string }

/** Kinds of faults that cannot be done on this machine, each with the reason. */
export type Missing = ReadonlyMap<Kind, string>

/** Gets what the faults of a kind need, if there are any; it is asked for nothing else. */
export function meansFor<T>(kind: Kind, faults: Fault[], get: () => Means<T>): Means<T> | undefined {
  return faults.some((fault) => fault.kind === kind) ? get() : undefined
}

/** What there is; undefined when it is not wanted, or is not to be had. */
export function had<T>(means: Means<T> | undefined): T | undefined {
  return means !== undefined && 'have' in means ? means.have : undefined
}

/** Of these kinds, those that were wanted and are not to be had. */
export function missingAmong(wanted: [Kind, Means<unknown> | undefined][]): Missing {
  return new Map(
    wanted.flatMap(([kind, means]): [Kind, string][] =>
      means !== undefined && 'why' in means ? [[kind, means.why]] : [],
    ),
  )
}
