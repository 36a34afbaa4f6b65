import { t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'

/** @import { ViewProps } from './room.js' */

/** `#/search?q=…`: what is on disk about a number, an e-mail, an id. @param {ViewProps} props */
export function SearchView({ params: { q = '' } }) {
  return html`
    <section class="part">
      <div class="section-head"><h2>${t('view.search')}</h2></div>
      <p>${q}</p>
    </section>`
}
