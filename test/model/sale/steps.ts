import * as sale from './at-sale.ts'
import * as shop from './at-shop.ts'
import { at, draftOf, emit } from './draft.ts'
import { hear, type Outcome } from './hear.ts'
import type { Budget, Message, Rules, State } from './state.ts'

/** What can happen next; `isIdle` where nothing waits for it, as a customer's whim: a shop at rest has none but these. */
export type Step = { name: string; isIdle: boolean; to: () => State }

/** Everything that can happen next. */
export function stepsFrom(state: State, rules: Rules): Step[] {
  return [...deliveries(state, rules), ...expiries(state, rules), ...due(state, rules), ...whims(state, rules)]
}

const idle = (name: string, to: () => State): Step => ({ name, isIdle: true, to })
const prompt = (name: string, to: () => State): Step => ({ name, isIdle: false, to })

function changed(state: State, change: (draft: State) => void, spent?: keyof Budget): State {
  const draft = draftOf(state)
  if (spent !== undefined) draft.left = { ...draft.left, [spent]: draft.left[spent] - 1 }
  change(draft)
  return draft
}

/** Any message may be next; and each may stay, to come again. */
function deliveries(state: State, rules: Rules): Step[] {
  return state.bag.flatMap((message, i) => {
    const name = `${message.to} hears ${message.name} ${message.e}`
    const arrive = (kept: Message[], outcome: Outcome, spent?: keyof Budget) => () =>
      changed(
        state,
        (draft) => {
          draft.bag = draft.bag.toSpliced(i, 1, ...kept)
          if (!message.isSeen || !rules.inbox) hear(draft, message, rules, outcome)
        },
        spent,
      )
    const outcomes = message.name === 'order.tendered' ? outcomesOf : captured
    return outcomes.flatMap((outcome) => [
      prompt(`${name}, ${outcome}`, arrive([], outcome)),
      ...(state.left.copies > 0
        ? [idle(`${name}, which stays`, arrive([{ ...message, isSeen: true }], outcome, 'copies'))]
        : []),
      ...(state.left.replays > 0 && message.e >= 0 && !message.isSeen
        ? [idle(`${name}, and it is replayed`, arrive([message], outcome, 'replays'))]
        : []),
    ])
  })
}

const outcomesOf: Outcome[] = ['captured', 'declined']
const captured: Outcome[] = ['captured']

/** Its time is over whenever it likes; where nobody pays, it will be. */
function expiries(state: State, rules: Rules): Step[] {
  const states = rules.payingDoesNotExpire ? waitingStates : [...waitingStates, 'paying']
  return [...state.orders.entries()]
    .filter(([, order]) => order && states.includes(order))
    .map(([e]) => prompt(`${e} expires`, () => changed(state, (draft) => shop.expire(draft, e))))
}

const waitingStates: string[] = ['reserved', 'declined']

/** The hour of the draw, the draw itself, and the end. */
function due(state: State, rules: Rules): Step[] {
  const { queueing, kind } = state.setting
  const isDraw = queueing === 'draw' && state.why === null
  const steps: Step[] = []
  if (isDraw && !state.isDrawDue)
    steps.push(idle('the hour of the draw', () => ({ ...draftOf(state), isDrawDue: true })))
  const isUnread = rules.drawWaitsForAll && state.entries.some((entry) => entry.state === 'joined')
  if (isDraw && state.isDrawDue && !state.isDrawn && !isUnread)
    steps.push(
      prompt('the draw', () =>
        changed(state, (draft) => {
          sale.draw(draft)
          sale.admit(draft, rules)
        }),
      ),
    )
  if (state.why === null)
    steps.push(idle(THE_END, () => changed(state, (draft) => sale.end(draft, kind === 'group' ? 'failed' : 'overdue'))))
  return steps
}

export const THE_END = 'the end'

/** What customers may do, or not. */
function whims(state: State, rules: Rules): Step[] {
  const { left, orders, setting } = state
  const isShut = state.why !== null || (rules.doorShutsForDraw && setting.queueing === 'draw' && state.isDrawDue)
  const buyers = left.joins > 0 && !isShut ? Array.from({ length: setting.buyers }, (_, buyer) => buyer) : []
  const cancellable = left.cancels > 0 ? [...orders.keys()].filter((e) => shop.canCancel(state, e)) : []
  const payable = left.cards > 0 ? [...orders.keys()].filter((e) => waitingStates.includes(at(orders, e) ?? '')) : []
  return [
    ...buyers
      .filter((buyer) => !rules.uniqueAtDoor || state.entries.every((entry) => entry.buyer !== buyer))
      .map((buyer) => idle(`${buyer} joins`, () => changed(state, (draft) => join(draft, buyer), 'joins'))),
    ...payable.map((e) => idle(`${e} pays`, () => changed(state, (draft) => shop.pay(draft, e), 'cards'))),
    ...cancellable.map((e) =>
      idle(`${e} is cancelled`, () => changed(state, (draft) => shop.cancel(draft, e), 'cancels')),
    ),
  ]
}

function join(draft: State, buyer: number): void {
  const e = draft.entries.length
  const position = draft.setting.queueing === 'draw' ? null : e
  draft.entries.push({ buyer, state: 'joined', position, admission: null })
  draft.orders.push(null)
  draft.cards.push(0)
  draft.reservations.push(null)
  draft.payments.push(null)
  emit(draft, 'sale', 'entry.joined', e)
}
