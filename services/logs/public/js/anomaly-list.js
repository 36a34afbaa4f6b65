import { clock, number, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'

/** @import { AnomalyAnswer } from '../../summary-answer.ts' */
/** @import { Wish } from './wish.js' */
/** @typedef {{ anomalies: AnomalyAnswer[] | null, find: (wish: Partial<Wish>) => void }} Props */

/** What is told more often or less often than at other times, in words. */
export function AnomalyList(/** @type {Props} */ { anomalies, find }) {
  return html`
    <section class="part anomalies" aria-labelledby="anomalies-title">
      <div class="section-head"><h2 id="anomalies-title">${t('logs.anomalies')}</h2></div>
      <ul class="box">
        ${(anomalies ?? []).map(
          (anomaly) => html`
          <li key=${`${anomaly.service} ${anomaly.msg} ${anomaly.since}`} data-kind=${anomaly.kind}>
            <button onClick=${() => find({ q: anomaly.msg, service: anomaly.service, level: '' })}>${sayAnomaly(anomaly)}</button>
            <span class="small">${anomaly.service}, ${sayWhen(anomaly)}</span>
          </li>`,
        )}
        ${anomalies?.length === 0 && html`<li class="empty">${t('logs.anomalies.none')}</li>`}
      </ul>
    </section>`
}

function sayAnomaly(/** @type {AnomalyAnswer} */ { kind, msg, perMinute, usualLow, usualHigh }) {
  const values = { what: msg, perMinute: number(perMinute), low: number(usualLow), high: number(usualHigh) }
  return t(`logs.anomaly.${kind}`, values)
}

function sayWhen(/** @type {AnomalyAnswer} */ { since, until }) {
  if (until === null) return t('logs.anomaly.on', { since: clock(since) })
  return t('logs.anomaly.over', { since: clock(since), until: clock(until) })
}
