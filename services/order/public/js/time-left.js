import { serverNow } from '/assets/js/api.js'
import { clockOf } from '/assets/js/clock-of.js'
import { h, setText } from '/assets/js/dom.js'
import { span, t } from '/assets/js/text.js'

const TICK_MS = 1_000
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
    setText(clock, clockOf(leftMs))
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
