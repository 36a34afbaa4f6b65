import { serverNow } from '/assets/js/api.js'
import { h, setText } from '/assets/js/dom.js'
import { span, t } from '/assets/js/text.js'

const TICK_MS = 1_000
const SECONDS_SHOWN_MS = 2 * 60 * 60_000 // before that nobody counts them
const SAID_MS = [5 * 60_000, 60_000] // read out when so much is left, for a clock that speaks each second is of no use

/**
 * How much time there is left to pay. It ticks for the eye, and speaks twice. `onOver` is called once the time is over.
 * @param {number} payBy ms
 * @param {() => void} onOver
 */
export function createTimeLeft(payBy, onOver) {
  const clock = h('b', { role: 'timer', class: 'clock' })
  const said = h('span', { class: 'unseen', role: 'status' })
  let before = payBy - serverNow()
  const tick = () => {
    const leftMs = payBy - serverNow()
    setText(clock, clockOf(Math.max(0, leftMs)))
    if (SAID_MS.some((ms) => leftMs <= ms && before > ms)) setText(said, t('pay.left.said', { span: span(leftMs) }))
    if (leftMs <= 0 && before > 0) onOver()
    before = leftMs
  }
  tick()
  setInterval(tick, TICK_MS)
  return {
    element: h('p', { class: 'time-left' }, `${t('pay.left')} `, clock, said),
    isOver: () => payBy <= serverNow(),
  }
}

/** `29:41`, `1:02:03`, or in words where it is long. */
function clockOf(/** @type {number} */ ms) {
  if (ms > SECONDS_SHOWN_MS) return span(ms)
  const seconds = Math.ceil(ms / 1_000)
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts
    .slice(parts[0] === 0 ? 1 : 0)
    .map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, '0')))
    .join(':')
}
