import { number, t, tOr } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'

/** @import { GuestNow } from './use-guest.js' */

/** The word that the table needs, and how the subscriber stands: its list, what it knows, what it should. */
export function GuestTile(/** @type {{ shown: GuestNow }} */ { shown }) {
  const { now, captured } = shown
  const facts = [
    ['tour.bus.state', tOr(`process.${now?.state}`, t('tour.bus.absent'))],
    ['tour.bus.waiting', now?.waiting],
    ['tour.bus.knows', now?.points?.orders],
    ['tour.bus.paid', captured],
  ]
  return html`
    ${now?.diff.map(
      ({ file, line, before, after }) => html`
        <figure class="diff">
          <figcaption class="small"><code>${file}:${line}</code></figcaption>
          <pre tabindex="0" aria-label=${t('tour.bus.diff')}><del>- ${before}</del>${'\n'}<ins>+ ${after}</ins></pre>
        </figure>`,
    )}
    <div class="picture-head">
      <h3>loyalty</h3>
      <dl>
        ${facts.map(([key, value]) => html`<div><dt>${t(String(key))}</dt><dd>${typeof value === 'number' ? number(value) : (value ?? '–')}</dd></div>`)}
      </dl>
    </div>`
}
