import { t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { stations } from './station.js'

/** The way through the tour: which stations there are, and at which one we are. */
export function StationList(/** @type {{ current: string }} */ { current }) {
  return html`
    <nav class="stations" aria-label=${t('tour.stations')}>
      <ol>
        ${stations.map(
          ({ id }) =>
            html`<li><a href=${`#${id}`} aria-current=${id === current ? 'step' : null}>${t(`tour.${id}`)}</a></li>`,
        )}
      </ol>
    </nav>`
}

/** The id of the station so many steps away, if there is one. */
export function stationAt(/** @type {string} */ id, /** @type {number} */ steps) {
  return stations[stations.findIndex((one) => one.id === id) + steps]?.id
}
