import { clockOf } from '/assets/js/clock-of.js'
import { span, t } from '/assets/js/text.js'
import { html, useRef } from '/assets/vendor/htm-preact.js'
import { useNow } from './use-now.js'

const SAID_MS = [60_000, 10_000] // read out when so much is left, for a clock that speaks each second is of no use

/**
 * A clock that runs down to `at`: it ticks for the eye, and speaks twice.
 * @param {{ at: string, label: string, over?: string }} props `over` stands there once the time has come
 */
export function Countdown({ at, label, over = '' }) {
  const leftMs = Date.parse(at) - useNow()
  const said = useRef({ before: leftMs, words: '' })
  if (SAID_MS.some((ms) => leftMs <= ms && said.current.before > ms))
    said.current.words = t('sale.left.said', { what: label, span: span(leftMs) })
  said.current.before = leftMs
  if (leftMs <= 0) return html`<p class="countdown is-over">${over}</p>`
  return html`
    <p class="countdown">
      <span>${label}</span> <b role="timer" class="clock">${clockOf(leftMs)}</b>
      <span class="unseen" role="status">${said.current.words}</span>
    </p>`
}
