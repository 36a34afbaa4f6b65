import { number, span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { NAIVE } from './naive-code.js'
import { PAY_WITHIN_MS } from './use-runs.js'

/** @import { SaleAnswer } from '../../../../../../sale/sale-answer.ts' */
/** @import { Naive } from '../../../../../tour/sale/naive-shape.ts' */
/** @import { Crowd } from '../../../../../room/snapshot.ts' */
/** @import { TourNow } from '../../station.js' */
/** @import { Sale } from './use-sale.js' */
/** @import { Run } from './use-runs.js' */

const CROWDS = [500, 1_000, 10_000] // fewer might not buy all: a quarter never pays, and some lose their turn
const PARTS = /** @type {const} */ (['bought', 'held', 'free'])

/** Where the units are, how far the crowd is, and where whoever looks stands; beside it the same without a queue. */
export function SalePicture(/** @type {{ tour: TourNow, shown: Sale }} */ { tour, shown }) {
  const { run, naive, buyers, setBuyers, isBusy } = shown
  const crowd = tour.known.picture?.scene?.crowd ?? null
  const choose = (/** @type {{ currentTarget: HTMLSelectElement }} */ { currentTarget }) =>
    setBuyers(Number(currentTarget.value))
  return html`
    <div class="tour-sale">
      <div class="figures">
        <label>${t('tour.sale.buyers')} <select value=${buyers} disabled=${isBusy} onChange=${choose}>${CROWDS.map((count) => html`<option value=${count}>${number(count)}</option>`)}</select></label>
        <span class="small">${t('tour.sale.terms', { span: span(PAY_WITHIN_MS) })}</span>
        ${run !== null && html`<a href=${`/sale/${run.id}`} target="_blank">${t('tour.sale.open')}</a>`}
      </div>
      <div class="halves">
        <section class="half" aria-label=${t('tour.sale.ours')}>
          <h3>${t('tour.sale.ours')}</h3>
          ${run?.sale ? html`<${Standing} run=${run} sale=${run.sale} crowd=${crowd?.sale === run.id ? crowd : null} />` : html`<p class="small">${t(run === null ? 'tour.sale.none' : 'tour.sale.opening')}</p>`}
        </section>
        <section class="half" aria-label=${t('tour.sale.naive')}>
          <h3>${t('tour.sale.naive')}</h3>
          ${naive === null ? html`<p class="small">${t('tour.sale.none')}</p>` : html`<${Without} naive=${naive} />`}
        </section>
      </div>
    </div>`
}

/** @param {{ run: Run, sale: SaleAnswer, crowd: Crowd | null }} props */
function Standing({ run, sale, crowd }) {
  const isOver = sale.state === 'ended'
  return html`
    <p class="sold" role="status" data-over=${isOver}>${t(isOver ? (sale.why === 'soldOut' ? 'tour.sale.soldOut' : 'tour.sale.ended') : 'tour.sale.goesOn', { units: number(sale.units) })}</p>
    <div class="units-line" aria-hidden="true">${PARTS.map((part) => sale[part] > 0 && html`<i data-part=${part} style=${{ '--count': sale[part] }}></i>`)}</div>
    <dl>
      ${PARTS.map((part) => html`<div data-figure=${part}><dt>${t(`units.${part}`)}</dt><dd>${number(sale[part])}</dd></div>`)}
      <div data-figure="joined"><dt>${t('tour.sale.joined')}</dt><dd>${number(sale.joined)}</dd></div>
      <div data-figure="waiting"><dt>${t('tour.sale.waiting')}</dt><dd>${number(sale.waiting)}</dd></div>
    </dl>
    ${crowd !== null && html`<progress max=${crowd.wanted} value=${crowd.joined + crowd.refused} aria-label=${t('crowd.progress')}></progress>`}
    ${run.ticket !== null && html`<${Mine} run=${run} sale=${sale} />`}`
}

/** The place of whoever looks, from two numbers that are told to all. @param {{ run: Run, sale: SaleAnswer }} props */
function Mine({ run: { ticket }, sale }) {
  if (ticket === null) return null
  const before = ticket.number - sale.admittedUpTo - 1
  const isIn = before < 0
  if (isIn && sale.state !== 'ended')
    return html`<p class="mine">${t('tour.sale.turn')} <a href=${`/orders/${ticket.ticket}#${ticket.key}`} target="_blank">${t('tour.sale.pay')}</a></p>`
  const said = sale.state === 'ended' ? 'tour.sale.mine.over' : 'tour.sale.mine'
  return html`<p class="mine">${t(said, { number: number(ticket.number), before: number(Math.max(0, before)) })}</p>`
}

function Without(/** @type {{ naive: Naive }} */ { naive: { units, buyers, asked, promised, sold, trouble } }) {
  if (trouble !== null) return html`<p class="failure">${trouble}</p>`
  const extra = (sold ?? promised) - units
  return html`
    <p class="sold" role=${sold === null ? null : 'status'} data-over=${sold !== null} data-bad=${extra > 0}>${sold === null ? t('tour.sale.naive.now', { asked: number(asked), buyers: number(buyers) }) : t('tour.sale.naive.over', { sold: number(sold), units: number(units) })}</p>
    <div class="units-line" data-bad=${extra > 0} aria-hidden="true"><i data-part="bought" style=${{ '--count': Math.min(promised, units) }}></i>${extra > 0 && html`<i data-part="extra" style=${{ '--count': extra }}></i>`}</div>
    <dl>
      <div data-figure="promised"><dt>${t('tour.sale.promised')}</dt><dd>${number(promised)}</dd></div>
      <div data-figure="sold"><dt>${t('tour.sale.inBooks')}</dt><dd>${sold === null ? '–' : number(sold)}</dd></div>
    </dl>
    <pre class="naive-code" tabindex="0">${NAIVE}</pre>`
}
