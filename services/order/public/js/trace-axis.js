/** @import { Hop } from '../../trace/trace-answer.ts' */
/**
 * One stretch of a message's way, from and to in ms: it waited in the queue, was worked on, was worked on in vain, or the log does
 * not tell which of these.
 * @typedef {{ is: 'wait' | 'work' | 'failed' | 'either', from: number, to: number }} Stretch
 */

const REST_MS = 2_000 // for so long nothing was under way: the drawing leaves that out
const REST_SHARE = 6 // per cent of the width for each rest
const RESTS_SHARE_MAX = 30

/** What a message went through, in its order. @param {Hop} hop @param {number} now @returns {Stretch[]} */
export function stretchesOf({ sentAt, beganAt, doneAt, failures, waits }, now) {
  /** @type {Stretch[]} */ const stretches = []
  let at = sentAt
  const add = (/** @type {Stretch['is']} */ is, /** @type {number} */ to) => {
    if (to > at || is === 'work') stretches.push({ is, from: at, to: Math.max(at, to) })
    at = Math.max(at, to)
  }
  for (const failure of failures) {
    add('wait', failure.beganAt)
    stretches.push({ is: 'failed', from: at, to: Math.max(at, failure.failedAt) })
    at = Math.max(at, failure.failedAt)
  }
  if (doneAt !== null && beganAt === null) add('either', doneAt)
  else if (doneAt !== null && beganAt !== null) {
    add('wait', beganAt)
    add('work', doneAt)
  } else if (waits?.is === 'working') {
    add('wait', now - waits.sinceMs)
    add('work', now)
  } else if (waits !== null) add('wait', now)
  return stretches
}

/** How long a message waited, and was worked on, in ms. @param {Stretch[]} stretches */
export function sumsOf(stretches) {
  const sum = (/** @type {Stretch['is'][]} */ ...kinds) =>
    stretches.filter(({ is }) => kinds.includes(is)).reduce((ms, { from, to }) => ms + to - from, 0)
  return { waitedMs: sum('wait'), workedMs: sum('work', 'failed'), eitherMs: sum('either') }
}

/**
 * A scale for all of an order's messages. Where nothing was under way for long, because its customer took their time, it is cut:
 * `rests` are these cuts.
 * @param {Hop[]} hops @param {number} now
 * @returns {{ place(ms: number): number, rests: { at: number, ms: number }[], busyMs: number }} places in per cent
 */
export function axisOf(hops, now) {
  const busy = busyIn(hops, now)
  const busyMs = Math.max(
    1,
    busy.reduce((ms, { from, to }) => ms + to - from, 0),
  )
  const restShare = Math.min(REST_SHARE, RESTS_SHARE_MAX / Math.max(1, busy.length - 1))
  const perMs = (100 - restShare * (busy.length - 1)) / busyMs
  let at = 0
  const parts = busy.map(({ from, to }) => {
    const part = { from, to, at }
    at += (to - from) * perMs + restShare
    return part
  })
  const rests = parts.slice(1).map((part, i) => ({ at: part.at - restShare / 2, ms: part.from - (parts[i]?.to ?? 0) }))
  const place = (/** @type {number} */ ms) => {
    const part = parts.findLast(({ from }) => from <= ms) ?? parts[0]
    return part === undefined ? 0 : part.at + (Math.min(Math.max(ms, part.from), part.to) - part.from) * perMs
  }
  return { place, rests, busyMs }
}

/** When something was under way. @param {Hop[]} hops @param {number} now */
function busyIn(hops, now) {
  const spans = hops.flatMap(({ sentAt, doneAt, failures, copiesAt, waits }) => [
    { from: sentAt, to: doneAt ?? (waits === null ? (failures.at(-1)?.failedAt ?? sentAt) : now) },
    ...copiesAt.map((at) => ({ from: at, to: at })),
  ])
  /** @type {{ from: number, to: number }[]} */ const busy = []
  for (const { from, to } of spans.sort((a, b) => a.from - b.from)) {
    const last = busy.at(-1)
    if (last !== undefined && from - last.to < REST_MS) last.to = Math.max(last.to, to)
    else busy.push({ from, to })
  }
  return busy
}
