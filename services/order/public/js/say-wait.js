import { span, t, tOr } from '/assets/js/text.js'

/** @import { Hop, Waits } from '../../trace/trace-answer.ts' */

const SHORT_MS = 1_200 // nobody calls this waiting
const OUTSIDE = /** @type {Record<string, string>} */ ({ payment: 'payment-gateway', notification: 'mailbox' })

/** What one message waits for. @param {Pick<Hop, 'to'>} hop @param {Waits} waits */
export function sayWait({ to }, { is, sinceMs, attempt, nextInMs, isOutage }) {
  const key = is === 'retrying' ? `waits.retrying${isOutage && to in OUTSIDE ? '.outage' : ''}` : `waits.${is}`
  const who = tOr(`service.${OUTSIDE[to] ?? to}`, to)
  return t(key, { span: span(sinceMs), attempt: attempt ?? 0, next: span(nextInMs ?? 0), who })
}

/**
 * What an order waits for now, service by service; what has only just been sent is not worth a word.
 * @param {Hop[]} hops @returns {string[]}
 */
export function sayWaits(hops) {
  const waiting = hops.flatMap((hop) => (hop.waits !== null && isLong(hop.waits) ? [{ hop, waits: hop.waits }] : []))
  const byService = new Map(waiting.map((one) => [one.hop.to, one]))
  return [...byService.values()].map(({ hop, waits }) =>
    t('waits.of', { name: tOr(`service.${hop.to}`, hop.to), what: sayWait(hop, waits) }),
  )
}

const isLong = (/** @type {Waits} */ { is, sinceMs }) => sinceMs > SHORT_MS || is === 'retrying' || is === 'paused'
