import { number, span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { isFinal, tookMs } from './one-order.js'

/** @import { Followed } from './one-order.js' */

/** Which order it is, how it stands, and what of it came to those outside. */
export function Trail(/** @type {{ order: Followed | null }} */ { order }) {
  if (order === null) return html`<p class="empty">${t('tour.order.none')}</p>`
  const { story, outside } = order
  const facts = [
    ['tour.order.took', isFinal(order) ? span(tookMs(order)) : null],
    ['tour.order.charges', outside?.charges],
    ['tour.order.mails', outside?.mails?.length],
  ]
  return html`
    <div class="picture-head">
      <h3><a href=${`/orders/${order.id}#${order.key}`} target="_blank">${order.number}</a></h3>
      <span class="state" data-state=${story?.state}>${story ? t(`state.${story.state}`) : '…'}</span>
      <dl>
        ${facts.map(([key, value]) => html`<div><dt>${t(String(key))}</dt><dd>${typeof value === 'number' ? number(value) : (value ?? '–')}</dd></div>`)}
      </dl>
    </div>`
}
