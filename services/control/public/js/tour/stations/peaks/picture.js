import { number, span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { slowestOf } from '../../../little.js'
import { nameOf, rate } from '../../../say-standing.js'
import { FlowChart } from './flow-chart.js'
import { PACES, sizeOf } from './mountain.js'
import { Board, Choices } from './mountain-editor.js'

/** @import { TourNow } from '../../station.js' */
/** @import { Peaks, Run } from './use-peaks.js' */

/** What comes, what goes, and what waits between; beside it the same without a queue. */
export function PeaksPicture(/** @type {{ tour: TourNow, shown: Peaks }} */ { tour, shown }) {
  const { flows, now, seconds, perSecond } = shown
  const through = now === null || now === 'straight' ? 'plain' : now
  return html`
    <div class="peaks">
      <${Wish} shown=${shown} />
      <p class="law">${sayLaw(tour, flows)}</p>
      <div class="flows">
        <${FlowChart} title=${t(`tour.peaks.run.${through}`)} flow=${flows[through]} seconds=${seconds} perSecond=${perSecond} />
        <${FlowChart} title=${t('tour.peaks.run.straight')} flow=${flows.straight} seconds=${seconds} perSecond=${perSecond} />
      </div>
    </div>`
}

/** The mountain to draw, and the pace of the gateway. */
function Wish(/** @type {{ shown: Peaks }} */ { shown }) {
  const { seconds, draw, perSecond, setPerSecond, again, deed, flows } = shown
  const isBusy = Object.values(flows).some((flow) => !flow.isOver)
  return html`
    <div class="wish">
      <${Choices} seconds=${seconds} draw=${draw} isBusy=${isBusy} />
      <label>
        ${t('tour.peaks.pace')}${' '}
        <select value=${perSecond} disabled=${isBusy} onChange=${(/** @type {{ currentTarget: HTMLSelectElement }} */ { currentTarget }) => setPerSecond(Number(currentTarget.value))}>
          ${PACES.map((pace) => html`<option value=${pace}>${t('tour.peaks.perSecond', { rate: number(pace) })}</option>`)}
        </select>
      </label>
      <span class="small">${t('tour.peaks.needs', { orders: number(sizeOf(seconds)), span: span((sizeOf(seconds) / perSecond) * 1_000) })}</span>
      ${deed.isDone && html`<button class="quiet" disabled=${isBusy} onClick=${() => again().catch(() => {})}>${t('tour.peaks.again')}</button>`}
    </div>
    <${Board} seconds=${seconds} draw=${draw} isBusy=${isBusy} />`
}

/** Little's law where most waits, with the figures of this moment. */
function sayLaw(/** @type {TourNow} */ { known: { picture } }, /** @type {Peaks['flows']} */ flows) {
  const slowest = picture?.dam ? slowestOf(picture.dam.hops) : null
  const open = openIn(flows)
  if (slowest === null) return open > 0 ? t('tour.peaks.open', { open: number(open) }) : t('dam.law.rest')
  const { service, waiting, perS, waitMs } = slowest
  return t('dam.law', { name: nameOf(service), waiting: number(waiting), rate: rate(perS), span: span(waitMs) })
}

/** How many orders were taken that are not paid yet: while they are tried again they lie in no list. @param {Peaks['flows']} flows */
const openIn = ({ straight: _, ...queued }) =>
  Object.values(queued).reduce((sum, { accepted, paid, isOver }) => sum + (isOver ? 0 : accepted - paid), 0)
