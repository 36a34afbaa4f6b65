import { at, emit } from './draft.ts'
import type { Entry, Rules, State } from './state.ts'

/** What sale does when it hears of something; each changes the draft it is given. */
export function hearAllotted(draft: State, units: number, rules: Rules): void {
  if (draft.granted !== null) return
  draft.granted = units
  if (draft.why === null) begin(draft, units, rules)
  else if (rules.lateGrantIsSpared && units > 0) spare(draft, units)
}

function begin(draft: State, units: number, rules: Rules): void {
  draft.credits = units
  if (units === 0) end(draft, 'overdue')
  else admit(draft, rules)
}

export function hearJoined(draft: State, e: number, rules: Rules): void {
  const entry = at(draft.entries, e)
  if (entry.state === 'joined') read(draft, e, entry, rules)
  const isAside = draft.entries[e]?.state === 'duplicate'
  if (rules.readingLetsInTheNext) admit(draft, rules)
  else if (!isAside) admit(draft, rules, e)
}

function read(draft: State, e: number, entry: Entry, rules: Rules): void {
  const isSecond = draft.entries.some(({ buyer }, other) => other < e && buyer === entry.buyer)
  const state = rules.uniqueAtReading && isSecond ? 'duplicate' : 'waiting'
  draft.entries[e] = { ...entry, state }
}

export function hearPaid(draft: State, e: number, rules: Rules): void {
  const entry = at(draft.entries, e)
  if (entry.state !== 'admitted') return
  draft.entries[e] = { ...entry, state: 'bought' }
  draft.held--
  draft.bought++
  if (draft.why === null) sellOut(draft)
  else if (!rules.noGroupAfterEnd && draft.bought === draft.granted) draft.wrong ??= 'a group formed and failed'
}

function sellOut(draft: State): void {
  if (draft.granted !== null && draft.bought === draft.granted)
    end(draft, draft.setting.kind === 'group' ? 'formed' : 'soldOut')
}

export function hearReturned(draft: State, e: number, rules: Rules): void {
  const entry = at(draft.entries, e)
  if (entry.state === 'admitted') draft.held--
  else if (entry.state === 'bought') draft.bought--
  else if (rules.creditOnce) return
  draft.entries[e] = { ...entry, state: 'gone' }
  if (draft.why === null) offerAgain(draft, rules)
  else spare(draft, 1)
}

function offerAgain(draft: State, rules: Rules): void {
  draft.credits++
  admit(draft, rules)
}

/** The draw gives each a place that nobody could choose: here the last come first. */
export function draw(draft: State): void {
  const count = draft.entries.length
  draft.isDrawn = true
  draft.entries = draft.entries.map((entry, e) =>
    entry.state === 'joined' ? entry : { ...entry, position: count - e - 1 },
  )
}

/** The end has come: what is free goes back, and a group that is not full is called off. */
export function end(draft: State, why: NonNullable<State['why']>): void {
  draft.why = why
  if (draft.credits > 0) spare(draft, draft.credits)
  draft.credits = 0
  if (why === 'failed') emit(draft, 'order', 'group.failed')
  if (why === 'soldOut' && draft.bought !== draft.granted) draft.wrong ??= 'sold out, and not all is paid'
  emit(draft, 'inventory', 'sale.ended')
}

function spare(draft: State, units: number): void {
  draft.spared += units
  emit(draft, 'inventory', 'sale.spared', -1, units)
}

/** Lets in whoever is next while there are credits; nobody but `only`, where that is said. */
export function admit(draft: State, rules: Rules, only?: number): void {
  const isEarly = rules.admitsAfterDraw && draft.setting.queueing === 'draw' && !draft.isDrawn
  if (draft.why !== null || isEarly) return
  while (draft.credits > 0) {
    const next = firstOf(draft.entries, ({ state }) => state === 'waiting')
    if (next === undefined || (only !== undefined && next !== only)) break
    const unread = firstOf(draft.entries, ({ state }) => state === 'joined')
    if (rules.watermark && unread !== undefined && placeOf(draft, unread) < placeOf(draft, next)) break
    letIn(draft, next)
  }
  if (!rules.soldOutIsPaid && draft.granted !== null && draft.credits === 0) end(draft, 'soldOut')
}

function letIn(draft: State, e: number): void {
  const isBehind = (other: Entry, i: number) =>
    (other.state === 'waiting' || other.state === 'joined') && placeOf(draft, i) < placeOf(draft, e)
  if (draft.entries.some(isBehind)) draft.wrong ??= 'somebody was overtaken'
  if (draft.setting.queueing === 'draw' && !draft.isDrawn) draft.wrong ??= 'somebody was let in before the draw'
  draft.entries[e] = { ...at(draft.entries, e), state: 'admitted', admission: ++draft.admissions }
  draft.credits--
  draft.held++
  emit(draft, 'order', 'entry.admitted', e)
}

function firstOf(entries: Entry[], is: (entry: Entry) => boolean): number | undefined {
  let first: number | undefined
  for (const [e, entry] of entries.entries())
    if (is(entry) && (first === undefined || (entry.position ?? e) < (entries[first]?.position ?? first))) first = e
  return first
}

const placeOf = (draft: State, e: number) => draft.entries[e]?.position ?? e
