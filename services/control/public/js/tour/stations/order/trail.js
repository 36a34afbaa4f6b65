import { span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'

/** @import { TourNow } from '../../station.js' */
/** @import { Followed } from './use-order.js' */

/** The way of one order: what was told of it, and the steps that programs came past with its messages in hand. */
export function Trail(/** @type {{ tour: TourNow, order: Followed | null }} */ { tour, order }) {
  if (order === null) return html`<p class="placeholder">${t('tour.order.none')}</p>`
  const steps = tour.steps.filter(({ messages }) => messages.some(({ subject }) => subject === order.id))
  return html`
    <h3>${order.number} · ${order.story ? t(`state.${order.story.state}`) : '…'}</h3>
    <ol class="trail">
      ${order.story?.timeline.map(({ service, event, msSincePlaced }) => html`<li><b>${event}</b> ${t(`service.${service}`)} · ${span(msSincePlaced)}</li>`)}
    </ol>
    <ol class="steps">
      ${steps.map(({ service, name, isLast }) => html`<li data-last=${isLast}>${t(`service.${service}`)} · ${name}</li>`)}
    </ol>`
}
