import type { Step } from '../seen.ts'
import { leftFate, matrixOf, rightFate } from './fate.ts'
import type { LeftLook } from './left.ts'
import type { Death, LoopNow, Sent, Side, Try } from './loop-answer.ts'
import type { Placed, RightLook } from './right.ts'
import { createSubjects } from './subjects.ts'

const KEPT = 24 // the page shows fewer
const EARLY_MAX = 100
const CLOSED_MS = 3_000 // after so long nothing more is expected of an order

/** An order on its two ways, and what only we have to know of it. */
export type Pair = Sent & { key: string; missingSince: number | null }

/** Whose death a step was. */
export type Died = { pair: Pair; death: Death; isLeft: boolean }

export type Pairs = ReturnType<typeof createPairs>

/** Keeps what has been seen of each order on both sides, by the steps of programs and by looks at what they left behind. */
export function createPairs() {
  let pairs: Pair[] = []
  let tries: Try[] = []
  let early: Step[] = [] // a worker may have an order in hand before its customer has our answer
  let isExpected = false
  const subjects = createSubjects()
  const noteAll = (step: Step, concerned: Pair[]): Died[] => {
    const isLeft = step.service.startsWith('tutorial-')
    for (const pair of concerned) note(isLeft ? pair.left : pair.right, step)
    if (!step.isLast) return []
    return concerned.map((pair) => {
      const death: Death = { at: step.at, program: step.service, point: step.name, known: null }
      const side = isLeft ? pair.left : pair.right
      side.deaths.push(death)
      return { pair, death, isLeft }
    })
  }
  return {
    all: () => pairs,
    /** Those whose order may still change. */
    open: (now: number) => pairs.filter(({ right }) => right.doneAt === null || now - right.doneAt < CLOSED_MS),
    /** One is about to be added. A program that dies now dies of it, though with something in hand that only follows from it. */
    expect: (): void => {
      isExpected = true
      early = []
    },
    /** Returns it, with the deaths that were its before it was known. */
    add: ({ id: orderId, number, key }: Placed, at: number): { pair: Pair; died: Died[] } => {
      const right = { ...nothing(), toldAt: at }
      const pair = { number, orderId, key, left: nothing(), right, missingSince: null }
      pairs = [...pairs, pair].slice(-KEPT)
      const own = early.filter((step) => step.isLast || subjects.isAbout(step, pair))
      isExpected = false
      early = early.filter((step) => !own.includes(step))
      return { pair, died: own.flatMap((step) => noteAll(step, [pair])) }
    },
    tried: (one: Omit<Try, 'until'>): void => {
      tries = [...tries, { ...one, until: one.at }].slice(-KEPT)
    },
    messagesOf: subjects.messagesOf,
    /** Notes a step. Returns whose deaths it was. */
    step: (step: Step): Died[] => {
      subjects.learn(step)
      const known = pairs.filter((pair) => subjects.isAbout(step, pair))
      const concerned = known.length === 0 && step.isLast && !isExpected ? pairs.slice(-1) : known
      if (concerned.length === 0) early = [...early, step].slice(-EARLY_MAX)
      return noteAll(step, concerned)
    },
    looked: (look: LeftLook, consumerSince: number | null, now: number): void => {
      for (const pair of pairs) {
        lookLeft(pair, look, now)
        pair.left.fate = leftFate(pair.left, consumerSince, pair.missingSince, now)
      }
    },
    lookedRight: (pair: Pair, { state, isFinal, at, charges }: RightLook, listed: string[]): void => {
      const inList = listed.some((element) => element.includes(pair.orderId))
      Object.assign(pair.right, { status: state, charges, inList, doneAt: isFinal ? at : null })
      pair.right.fate = rightFate(pair.right)
    },
    now: (): Pick<LoopNow, 'sent' | 'tries' | 'matrix'> => {
      const sent = pairs.map(({ key: _, missingSince: __, ...one }) => one)
      return {
        sent,
        tries: tries.map((one) => ({ ...one, ...brokeAt(one, sent) })),
        matrix: matrixOf(tries, sent),
      }
    },
    clear: (): void => {
      pairs = []
      tries = []
      early = []
      isExpected = false
      subjects.clear()
    },
  }
}

const nothing = (): Side => ({
  ...{ toldAt: null, pops: [], deaths: [], doneAt: null, status: null, inList: false, charges: 0, fate: null },
})

/** From the first to the last death with one of them in hand, unless it is known already. */
function brokeAt({ at, numbers }: Try, sent: readonly Sent[]): Pick<Try, 'at' | 'until'> {
  const concerned = sent.filter(({ number }) => numbers.includes(number))
  const deaths = concerned.flatMap(({ left, right }) => [...left.deaths, ...right.deaths].map((death) => death.at))
  const inOrder = deaths.sort((a, b) => a - b)
  return { at: at ?? inOrder[0] ?? null, until: at ?? inOrder.at(-1) ?? null }
}

/** Whose hands an order goes through until it is paid; others hear of it, too. */
const PAYS = new Set(['inventory', 'payment'])

function note(side: Side, { name, at, service: program, isLast }: Step): void {
  if (name === 'pushed' && !isLast) side.toldAt ??= at // then its customer is told
  if (name === 'popped' || (name === 'after pop' && PAYS.has(program))) side.pops.push({ at, program })
  if (name === 'status set') side.doneAt = at
}

function lookLeft(pair: Pair, { listed, charges, statuses }: LeftLook, now: number): void {
  const { left, number } = pair
  const status = statuses[number] ?? null
  left.inList = listed.some((element) => element.includes(number))
  left.status = status ?? (left.status === 'success' ? 'success' : null) // done is done, though Redis may have been wiped since
  left.charges = charges.filter((one) => one === number).length
  if (status === 'success') left.doneAt ??= now
  pair.missingSince = left.inList || left.status !== null || left.toldAt === null ? null : (pair.missingSince ?? now)
}
