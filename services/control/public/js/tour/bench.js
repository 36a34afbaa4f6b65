import { html } from '/assets/vendor/htm-preact.js'
import { CodeStrip } from './code-strip.js'
import { Guide } from './guide.js'
import { useKeys } from './use-keys.js'
import { useTour } from './use-tour.js'

/** @import { Session } from '../../../session-answer.ts' */
/** @import { Station } from './station.js' */

/** A station at work: what to do at the left, what happens beside it, and below the lines that just ran. */
export function Bench(/** @type {{ station: Station, session: Session }} */ { station, session }) {
  const tour = useTour(session, station.wantsCommands)
  const shown = station.use(tour)
  useKeys(station.id, shown)
  return html`
    <${Guide} id=${station.id} tour=${tour} shown=${shown} />
    <section class="live-picture"><${station.Picture} tour=${tour} shown=${shown} /></section>
    <${CodeStrip} tour=${tour} />`
}
