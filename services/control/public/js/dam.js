import { number, span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { slowestOf } from './little.js'
import { PaceList } from './pace-list.js'
import { nameOf, rate } from './say-standing.js'

/** @import { Hop, Peaks as Known } from '../../../../shared/web/peaks.ts' */
/** @import { RoomStore } from './room-store.js' */

const CLASSES = /** @type {(keyof Known['shed'])[]} */ (['placing', 'joining', 'browsing'])

/**
 * How a peak is held back: what comes in, what goes out, and what waits between, hop by hop.
 * @param {{ dam: Known | null, store: RoomStore }} props
 */
export function Dam({ dam, store }) {
  return html`
    <section class="part dam" id="dam">
      <div class="section-head"><h2>${t('dam.title')}</h2></div>
      ${dam === null ? html`<p class="empty">${t('dam.unknown')}</p>` : html`<${Figures} dam=${dam} />`}
      <${PaceList} store=${store} />
    </section>`
}

function Figures(/** @type {{ dam: Known }} */ { dam }) {
  const { hops, expectedPaidInMs, promiseMs, delayMs, shed } = dam
  return html`
    <p class="dam-law">${sayLaw(hops)}</p>
    <div class="wide" tabindex="0" role="region" aria-label=${t('dam.title')}>
      <table>
        <thead><tr>${['hop', 'waiting', 'in', 'out', 'can', 'wait'].map((one) => html`<th scope="col">${t(`dam.${one}`)}</th>`)}</tr></thead>
        <tbody>${hops.map((hop) => html`<${HopRow} key=${hop.service} hop=${hop} />`)}</tbody>
      </table>
    </div>
    <dl class="dam-facts">
      <${Fact} name="expected" value=${expectedPaidInMs === null ? t('dam.nobody') : span(expectedPaidInMs)} />
      <${Fact} name="promise" value=${span(promiseMs)} />
      <${Fact} name="delay" value=${span(delayMs)} />
      ${CLASSES.map((one) => html`<${Fact} name=${`shed.${one}`} value=${number(shed[one])} isTrouble=${shed[one] > 0} />`)}
    </dl>`
}

function HopRow(/** @type {{ hop: Hop }} */ { hop }) {
  const { service, waiting, listed, onDisk, held, inPerS, outPerS, canPerS, waitMs, isPaused, atOnce, underWay } = hop
  const where = t('dam.where', { listed: number(listed), onDisk: number(onDisk), held: number(held) })
  const calls = atOnce === null ? null : t('dam.atOnce', { underWay: number(underWay ?? 0), atOnce: number(atOnce) })
  return html`
    <tr data-hop=${service}>
      <th scope="row">${nameOf(service)}${calls && html`<small>${calls}</small>`}</th>
      <td><b>${number(waiting)}</b><small>${where}</small></td>
      <td>${rate(inPerS)}</td><td>${rate(outPerS)}</td><td>${rate(canPerS)}</td>
      <td>${waitMs === null ? t(isPaused ? 'dam.paused' : 'dam.nobody') : span(waitMs)}</td>
    </tr>`
}

function Fact(/** @type {{ name: string, value: string, isTrouble?: boolean }} */ { name, value, isTrouble = false }) {
  return html`<div data-fact=${name} class=${isTrouble ? 'some' : ''}><dt>${t(`dam.${name}`)}</dt><dd>${value}</dd></div>`
}

/** Little's law where most waits: what waits is what goes out in a second, times how long each waits. @param {Hop[]} hops */
function sayLaw(hops) {
  const slowest = slowestOf(hops)
  if (slowest === null) return t('dam.law.rest')
  const { service, waiting, perS, waitMs } = slowest
  return t('dam.law', { name: nameOf(service), waiting: number(waiting), rate: rate(perS), span: span(waitMs) })
}
