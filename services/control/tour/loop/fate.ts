import type { BreakName, Cell, Fate, Sent, Side, Try } from './loop-answer.ts'

/** Taking longer than this is late: undisturbed, both sides are done in a fraction of it. */
export const LATE_MS = 1_000

/** The same where a program died with it: what died after its part was done held nothing up. */
const DELAYED_MS = 300

const WORST: readonly Fate[] = ['lost', 'twice', 'late', 'nothing']

/**
 * What became of a message in the tutorial's loop; null while it is under way. `consumerSince`: since when its consumer runs,
 * null while it does not. `missingSince`: since when it has been in no list and without a status.
 */
export function leftFate(side: Side, consumerSince: number | null, missingSince: number | null, now: number) {
  const { toldAt, charges, status, inList, doneAt } = side
  if (charges > 1) return 'twice'
  if (status === 'success') return toldAt !== null && (doneAt ?? now) - toldAt > LATE_MS ? 'late' : 'nothing'
  if (toldAt === null) return null
  if (inList) return consumerSince === null && now - toldAt > LATE_MS ? 'late' : null
  const poppedAt = side.pops.at(-1)?.at ?? null
  const isHeld = poppedAt !== null && consumerSince !== null && consumerSince <= poppedAt
  return isHeld || missingSince === null || now - missingSince < LATE_MS ? null : 'lost'
}

/** What became of an order of the shop; null until it is final. */
export function rightFate({ toldAt, charges, doneAt, deaths }: Side): Fate | null {
  if (charges > 1) return 'twice'
  if (toldAt === null || doneAt === null) return null
  return doneAt - toldAt > (deaths.length > 0 ? DELAYED_MS : LATE_MS) ? 'late' : 'nothing'
}

/** The worst of them; null while none is known, or one that could be worse is under way. */
export function worstOf(fates: readonly (Fate | null)[]): Fate | null {
  const known = WORST.find((fate) => fates.includes(fate)) ?? null
  return known !== 'lost' && known !== 'twice' && fates.includes(null) ? null : known
}

/** What came of the newest try of each break. */
export function matrixOf(tries: readonly Try[], sent: readonly Sent[]): Record<BreakName, Cell> {
  const cellOf = (name: BreakName): Cell => {
    const numbers = tries.findLast(({ kind }) => kind === name)?.numbers ?? []
    const concerned = sent.filter(({ number }) => numbers.includes(number))
    return {
      left: worstOf(concerned.map(({ left }) => left.fate)),
      right: worstOf(concerned.map(({ right }) => right.fate)),
    }
  }
  return {
    ...{ popped: cellOf('popped'), charged: cellOf('charged'), flush: cellOf('flush') },
    ...{ answer: cellOf('answer'), poison: cellOf('poison') },
  }
}
