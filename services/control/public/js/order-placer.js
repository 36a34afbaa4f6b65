import { number, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'

/** @import { Burst } from '../../room/snapshot.ts' */
/** @import { Acts } from './use-acts.js' */

/** Places many orders at once. */
export function OrderPlacer(
  /** @type {{ counts: number[], burst: Burst | null, place: Acts['place'] }} */ { counts, burst, place },
) {
  const isPlacing = burst !== null && !burst.isOver
  const button = (/** @type {number} */ count) => html`
    <button
      class="quiet" data-place=${count} disabled=${isPlacing}
      onClick=${() => place(count)}
    >${number(count)}</button>`
  return html`
    <div class="actions">${counts.map(button)}</div>`
}

/** How far that is, and how it ended. */
export function Placing(/** @type {{ burst: Burst | null }} */ { burst }) {
  return html`
    <small class="progress">
      ${burst?.isOver === false && t('break.placing', countsOf(burst))}
      <span role="status">${burst?.isOver && ended(burst)}</span>
    </small>`
}

const ended = (/** @type {Burst} */ burst) => t(burst.failed > 0 ? 'break.placedSome' : 'break.placed', countsOf(burst))

function countsOf(/** @type {Burst} */ { wanted, accepted, failed }) {
  return { wanted: number(wanted), accepted: number(accepted), failed: number(failed) }
}
