import type { Budget, State } from './state.ts'

export const set = <T>(list: T[], i: number, value: T): T[] => list.with(i, value)
export const none = (list: boolean[]): boolean[] => list.map(() => false)
export const zeros = (list: number[]): number[] => list.map(() => 0)
export const spend = (left: Budget, kind: keyof Budget): Budget => ({ ...left, [kind]: left[kind] - 1 })

/** A stamp above all that there are. */
export function now({ rows, unpushed, words, lists, settling }: State): number {
  let last = settling?.stamp ?? 0
  for (const row of rows) if (row !== null && row > last) last = row
  for (const stamp of unpushed) if (stamp > last) last = stamp
  for (const word of words) if (word?.kind === 'retrying' && word.stamp > last) last = word.stamp
  for (const list of lists) for (const copy of list) if (copy.stamp > last) last = copy.stamp
  return last + 1
}
