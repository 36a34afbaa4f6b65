import type { Step } from '../seen.ts'
import { leftFate, rightFate } from './fate.ts'
import type { LeftLook } from './left.ts'
import type { Death, Sent, Side } from './loop-answer.ts'
import type { RightLook } from './right.ts'

/** An order on its two ways, and what only we have to know of it. */
export type Pair = Sent & { key: string; missingSince: number | null }

/** Whose death a step was. */
export type Died = { pair: Pair; death: Death; isLeft: boolean }

export function createPair(
  { id: orderId, number, key }: { id: string; number: string; key: string },
  at: number,
): Pair {
  return { number, orderId, key, left: nothing(), right: { ...nothing(), toldAt: at }, missingSince: null }
}

const nothing = (): Side => ({
  ...{ toldAt: null, pops: [], deaths: [], doneAt: null, status: null, inList: false, charges: 0, fate: null },
})

/** Notes a step on its side of a pair. Returns the death that it was, if it was one. */
export function noteStep(pair: Pair, step: Step): Died[] {
  const isLeft = step.service.startsWith('tutorial-')
  const side = isLeft ? pair.left : pair.right
  noteMarks(side, step)
  if (!step.isLast) return []
  const death: Death = { at: step.at, program: step.service, point: step.name, known: null }
  side.deaths.push(death)
  return [{ pair, death, isLeft }]
}

/** Whose hands an order goes through until it is paid; others hear of it, too. */
const PAYS = new Set(['inventory', 'payment'])

function noteMarks(side: Side, { name, at, service: program, isLast }: Step): void {
  if (name === 'pushed' && !isLast) side.toldAt ??= at // then its customer is told
  if (name === 'popped' || (name === 'after pop' && PAYS.has(program))) side.pops.push({ at, program })
  if (name === 'status set') side.doneAt = at
}

/** Notes what the tutorial's loop has left behind of it, and what came of it there. `consumerSince`: see `leftFate`. */
export function noteLeft(pair: Pair, look: LeftLook, consumerSince: number | null, now: number): void {
  const { left, number } = pair
  const status = look.statuses[number] ?? null
  left.inList = look.listed.some((element) => element.includes(number))
  left.status = status ?? (left.status === 'success' ? 'success' : null) // done is done, though Redis may have been wiped since
  left.charges = look.charges.filter((one) => one === number).length
  if (status === 'success') left.doneAt ??= now
  pair.missingSince = left.inList || left.status !== null || left.toldAt === null ? null : (pair.missingSince ?? now)
  left.fate = leftFate(left, consumerSince, pair.missingSince, now)
}

/** Notes what the shop tells of it, and what came of it there. `listed`: all that lies in its lists. */
export function noteRight({ orderId, right }: Pair, look: RightLook, listed: readonly string[]): void {
  right.status = look.state
  right.charges = look.charges
  right.inList = listed.some((element) => element.includes(orderId))
  right.doneAt = look.isFinal ? look.at : null
  right.fate = rightFate(right)
}
