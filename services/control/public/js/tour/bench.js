import { comma, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { CodeStrip } from './code-strip.js'
import { Guide } from './guide.js'
import { missingFor } from './missing.js'
import { Standing } from './standing.js'
import { useTour } from './use-tour.js'

/** @import { Session } from '../../../session-answer.ts' */
/** @import { Station } from './station.js' */

/** A station at work: what to do at the left, what happens beside it, and below the lines that just ran. */
export function Bench(/** @type {{ station: Station, session: Session }} */ { station, session }) {
  const tour = useTour(session, station)
  const shown = station.use(tour)
  const missing = missingFor(station, session)
  if (missing.length > 0)
    return html`<p class="placeholder" role="status">${t('tour.missing', { list: missing.join(comma) })}</p>`
  return html`
    <${Guide} id=${station.id} tour=${tour} shown=${shown} />
    <section class="live-picture" aria-label=${t('tour.picture')}>
      <${Standing} tour=${tour} />
      <${station.Picture} tour=${tour} shown=${shown} />
    </section>
    <${CodeStrip} tour=${tour} about=${shown.about} wantsCommands=${station.wantsCommands} />`
}
