import { span, t, tOr } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { sayWait } from './say-wait.js'
import { axisOf, stretchesOf, sumsOf } from './trace-axis.js'

/** @import { Hop, Trace } from '../../trace/trace-answer.ts' */
/** @typedef {ReturnType<typeof axisOf>} Axis */

const KINDS = ['wait', 'work', 'failed', 'copy']

/** When each message of an order waited in its queue and was worked on, service by service. @param {{ trace: Trace }} props */
export function Waterfall({ trace }) {
  const now = trace.at
  const axis = axisOf(trace.hops, now)
  const lanes = trace.services
    .map((service) => ({ service, hops: trace.hops.filter(({ to }) => to === service) }))
    .filter(({ hops }) => hops.length > 0)
  return html`
    <div class="waterfall">
      <ul class="legend" aria-label=${t('trace.legend')}>
        ${KINDS.map((kind) => html`<li><i class=${`stretch ${kind}`} aria-hidden="true" />${t(`trace.${kind}`)}</li>`)}
      </ul>
      ${lanes.map(
        ({ service, hops }) => html`
        <section key=${service} class="fall" data-lane=${service}>
          <h3>${tOr(`service.${service}`, service)}</h3>
          <ul>${hops.map((hop) => html`<${Fall} key=${hop.messageId} hop=${hop} axis=${axis} now=${now} />`)}</ul>
        </section>`,
      )}
      <p class="small fall-axis"><span>0</span><span>${axis.rests.length > 0 ? t('trace.rests') : ''}</span><span>${span(axis.busyMs)}</span></p>
    </div>`
}

/** @param {{ hop: Hop, axis: Axis, now: number }} props */
function Fall({ hop, axis, now }) {
  const stretches = stretchesOf(hop, now)
  const place = (/** @type {number} */ from, /** @type {number} */ to = from) => {
    return { '--x': axis.place(from).toFixed(2), '--w': (axis.place(to) - axis.place(from)).toFixed(2) }
  }
  return html`
    <li data-event=${hop.event} data-outcome=${hop.outcome ?? 'open'}>
      <span class="name">${tOr(`event.${hop.event}`, hop.event)}</span>
      <span class="track" aria-hidden="true">
        ${axis.rests.map(({ at }) => html`<i class="rest" style=${{ '--x': at.toFixed(2) }} />`)}
        ${stretches.map(({ is, from, to }) => html`<i class=${`stretch ${is}`} style=${place(from, to)} />`)}
        ${hop.failures.map(({ failedAt }) => html`<i class="tick" style=${place(failedAt)} />`)}
        ${hop.copiesAt.map((at) => html`<i class="stretch copy" style=${place(at)} />`)}
      </span>
      <span class="small said">${sayFall(hop, stretches)}</span>
    </li>`
}

/** @param {Hop} hop @param {ReturnType<typeof stretchesOf>} stretches */
function sayFall(hop, stretches) {
  const { waitedMs, workedMs, eitherMs } = sumsOf(stretches)
  const isSplit = hop.beganAt !== null || hop.failures.length > 0
  return [
    hop.waits !== null && sayWait(hop, hop.waits),
    isSplit && t('trace.sums', { waited: span(waitedMs), worked: span(workedMs) }),
    eitherMs > 0 && !isSplit && t('trace.either', { span: span(eitherMs) }),
    hop.failures.length > 0 && t('trace.failures', { count: hop.failures.length }),
    hop.copiesAt.length > 0 && t('trace.copies', { count: hop.copiesAt.length + 1 }),
    hop.outcome === 'dead' && t('station.message.buried'),
  ]
    .filter(Boolean)
    .join(' · ')
}
