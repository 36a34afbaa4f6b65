/** @import { HeardStep } from './station.js' */

/**
 * Where a message is on its way from one service to another: on disk at its sender, in the list, in its receiver's hands, there
 * again with its effect on disk, called done, and forgotten by its sender. `gone` is in the hands of a program that died: its sender
 * still knows it.
 * @typedef {'list' | 'hand' | 'kept' | 'done' | 'settled' | 'gone'} Place
 *
 * A message on its way to one receiver; `pushes` is how often it went to the list, `steps` those that it came past.
 * @typedef {{ key: string, id: string, name: string, from: string, to: string, place: Place, pushes: number, raw: string | null, steps: HeardStep[] }} Dot
 */

/** To which place a step brings the messages in hand there, at their receiver. @type {Record<string, Place>} */
const AT_RECEIVER = {
  'after pop': 'hand',
  'before prepare': 'hand',
  'after prepare': 'hand',
  'gateway answered': 'hand',
  'sms begun': 'hand',
  'before acknowledge': 'kept',
  'after acknowledge': 'done',
  'before requeue': 'list',
}

const SETTLED = ['after delete of the row', 'after delete of the field']

/** All messages that these steps tell of, in the order in which they were sent; what is told before a message was pushed is left out. @param {readonly HeardStep[]} steps @returns {Dot[]} */
export function dotsOf(steps) {
  const dots = /** @type {Map<string, Dot>} */ (new Map())
  for (const step of steps) for (const message of step.messages) move(dots, step, message)
  return [...dots.values()]
}

/** @param {Map<string, Dot>} dots @param {HeardStep} step @param {HeardStep['messages'][number]} message */
function move(dots, step, { id, name, raw }) {
  const isPush = step.name === 'before push' || step.name === 'after push'
  const to = isPush || SETTLED.includes(step.name) ? receiverIn(step.queue) : step.service
  const key = `${id} ${to}`
  const before = dots.get(key)
  if (before === undefined && !(isPush && name)) return
  const dot = before ?? newDot(key, { id, name: name ?? '', from: step.service, to })
  dots.set(key, {
    ...dot,
    place: placeAfter(step, dot),
    pushes: dot.pushes + (step.name === 'before push' ? 1 : 0),
    raw: raw ?? dot.raw,
    steps: [...dot.steps, step],
  })
}

/** @param {string} key @param {Pick<Dot, 'id' | 'name' | 'from' | 'to'>} facts @returns {Dot} */
const newDot = (key, facts) => ({ key, ...facts, place: 'list', pushes: 0, raw: null, steps: [] })

/** `inventory:urgent` and `inventory.3` are lists of inventory's. */
const receiverIn = (/** @type {string | null} */ queue) => (queue ?? '').split(/[.:]/)[0] ?? ''

/** @param {HeardStep} step @param {Dot} dot @returns {Place} */
function placeAfter({ name, isLast }, { place }) {
  if (SETTLED.includes(name)) return 'settled'
  if (name === 'before push' || name === 'after push') return 'list'
  if (isLast) return 'gone'
  return AT_RECEIVER[name] ?? place
}
