import type { Step } from '../seen.ts'
import { leftFate, matrixOf, rightFate } from './fate.ts'
import type { LeftLook } from './left.ts'
import type { Death, LoopNow, Sent, Side, Try } from './loop-answer.ts'
import type { Placed, RightLook } from './right.ts'

const KEPT = 24 // the page shows fewer
const IDS_MAX = 500
const CLOSED_MS = 3_000 // after so long nothing more is expected of an order

/** An order on its two ways, and what only we have to know of it. */
export type Pair = Sent & { key: string; missingSince: number | null }

export type Pairs = ReturnType<typeof createPairs>

/** Keeps what has been seen of each order on both sides, by the steps of programs and by looks at what they left behind. */
export function createPairs() {
  let pairs: Pair[] = []
  let tries: Try[] = []
  const ordersByMessage = new Map<string, string>()
  const owners = (step: Step) => pairs.filter((pair) => step.messages.some((one) => isOf(one, pair, ordersByMessage)))
  return {
    all: () => pairs,
    /** Those whose order may still change. */
    open: (now: number) => pairs.filter(({ right }) => right.doneAt === null || now - right.doneAt < CLOSED_MS),
    add: ({ id: orderId, number, key }: Placed, at: number): Pair => {
      const right = { ...nothing(), toldAt: at }
      const pair = { number, orderId, key, left: nothing(), right, missingSince: null }
      pairs = [...pairs, pair].slice(-KEPT)
      return pair
    },
    tried: (one: Try): void => {
      tries = [...tries, one].slice(-KEPT)
    },
    messagesOf: (orderId: string) => [...ordersByMessage].flatMap(([id, order]) => (order === orderId ? [id] : [])),
    /** Notes a step. Returns the deaths that it means, with whose they are. */
    step: (step: Step): { pair: Pair; death: Death }[] => {
      for (const { id, subject } of step.messages) if (subject !== undefined) ordersByMessage.set(id, subject)
      for (const id of ordersByMessage.keys()) if (ordersByMessage.size > IDS_MAX) ordersByMessage.delete(id)
      const isLeft = step.service.startsWith('tutorial-')
      const concerned = owners(step)
      for (const pair of concerned) note(isLeft ? pair.left : pair.right, step)
      if (!step.isLast) return []
      const dead = concerned.length > 0 ? concerned : pairs.slice(-1) // where a step knows no message, only one is under way
      const death: Death = { at: step.at, program: step.service, point: step.name, known: null }
      return dead.map((pair) => {
        const own = { ...death }
        ;(isLeft ? pair.left : pair.right).deaths.push(own)
        return { pair, death: own }
      })
    },
    looked: (look: LeftLook, consumerSince: number | null, now: number): void => {
      pairs.forEach((pair, i) => {
        lookLeft(pair, { ...look, status: look.statuses[i] ?? null }, now)
        pair.left.fate = leftFate(pair.left, consumerSince, pair.missingSince, now)
      })
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
        tries: tries.map((one) => ({ ...one, at: one.at ?? brokeAt(one, sent) })),
        matrix: matrixOf(tries, sent),
      }
    },
    clear: (): void => {
      pairs = []
      tries = []
      ordersByMessage.clear()
    },
  }
}

const nothing = (): Side => ({
  ...{ toldAt: null, pops: [], deaths: [], doneAt: null, status: null, inList: false, charges: 0, fate: null },
})

/** When the first program died with one of them in hand. */
function brokeAt({ numbers }: Try, sent: readonly Sent[]): number | null {
  const concerned = sent.filter(({ number }) => numbers.includes(number))
  const deaths = concerned.flatMap(({ left, right }) => [...left.deaths, ...right.deaths])
  return deaths.map(({ at }) => at).sort((a, b) => a - b)[0] ?? null
}

/** The tutorial's messages are known by the number; ours by the order they are about, which acknowledgements do not name. */
function isOf(message: Step['messages'][number], { number, orderId }: Pair, orders: Map<string, string>): boolean {
  return message.id === number || (message.subject ?? orders.get(message.id)) === orderId
}

function note(side: Side, { name, at, service: program, isLast }: Step): void {
  if (name === 'pushed' && !isLast) side.toldAt ??= at // then its customer is told
  if (name === 'popped' || name === 'after pop') side.pops.push({ at, program })
  if (name === 'status set') side.doneAt = at
}

function lookLeft(pair: Pair, { listed, charges, status }: LeftLook & { status: string | null }, now: number): void {
  const { left, number } = pair
  left.inList = listed.some((element) => element.includes(number))
  left.status = status
  left.charges = charges.filter((one) => one === number).length
  if (left.inList || status !== null) left.toldAt ??= now
  if (status === 'success') left.doneAt ??= now
  pair.missingSince = left.inList || status !== null || left.toldAt === null ? null : (pair.missingSince ?? now)
}
