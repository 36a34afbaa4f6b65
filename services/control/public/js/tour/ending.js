import { number, span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { stationAt } from './station-list.js'

/** @import { Shown, TourNow } from './station.js' */
/** @typedef {{ id: string, tour: TourNow, shown: Shown, again: (() => void) | null }} Props */

/** What is left of a station: a question and its answer; what the queue gave, what it cost, how it is paid for; the auditor's stamp. */
export function Ending(/** @type {Props} */ { id, tour, shown, again }) {
  const next = stationAt(id, 1)
  return html`
    <div class="ending">
      <p class="question"><b>${t(`tour.${id}.question`)}</b> <output>${shown.figure ?? '–'}</output></p>
      <dl>
        ${['gave', 'cost', 'pays'].map((line) => html`<div><dt>${t(`tour.${line}`)}</dt> <dd>${t(`tour.${id}.${line}`)}</dd></div>`)}
      </dl>
      <${Stamp} tour=${tour} />
      <div class="actions">
        ${next !== undefined && html`<a class="primary next" href=${`#${next}`}>${t('tour.next', { name: t(`tour.${next}`) })} <kbd>→</kbd></a>`}
        ${again && html`<button class="quiet again" onClick=${again}>${t('tour.again')}</button>`}
      </div>
    </div>`
}

/** What the auditor, who shares no code with the shop, has found last. */
function Stamp(/** @type {{ tour: TourNow }} */ { tour }) {
  const { picture, staleMs } = tour.known
  const audit = picture?.audit
  if (!picture || !audit) return html`<p class="stamp" data-look="pending">${t('tile.pending')}</p>`
  const { lost, oversold, doubleCharged } = audit
  const ago = span(Math.max(0, picture.at + (staleMs ?? 0) - audit.at))
  return html`
    <p class="stamp" data-look=${lost + oversold + doubleCharged === 0 ? 'well' : 'bad'}>
      ${t('tour.stamp', { lost: number(lost), oversold: number(oversold), doubleCharged: number(doubleCharged), ago })}
    </p>`
}
