import { t } from '/assets/js/text.js'
import { html, useState } from '/assets/vendor/htm-preact.js'
import { Ending } from './ending.js'
import { Prediction } from './prediction.js'

/** @import { Outcome, Shown, TourNow } from './station.js' */

/** At the left of each station: one sentence, one button, why; then the prediction, the break, and what came of it. */
export function Guide(/** @type {{ id: string, tour: TourNow, shown: Shown }} */ { id, tour, shown }) {
  const [failure, setFailure] = useState('')
  const attempt = async (/** @type {() => Promise<unknown>} */ work) => {
    setFailure('')
    await work().catch((error) => setFailure(t('done.failed', { why: error.message })))
  }
  const { deed } = shown
  return html`
    <section class="guide" aria-label=${t(`tour.${id}`)}>
      <h2>${t(`tour.${id}`)}</h2>
      <p class="sentence">${t(`tour.${id}.about`)}</p>
      ${!deed.isDone && html`<button class="main-deed" disabled=${deed.isBusy} onClick=${() => attempt(deed.run)}>${t(`tour.${id}.do`)}</button>`}
      <details class="why">
        <summary>${t('tour.why')}</summary>
        ${[1, 2, 3].map((one) => html`<p>${t(`tour.${id}.why.${one}`)}</p>`)}
      </details>
      ${deed.isDone && html`<${Prediction} id=${id} shown=${shown} attempt=${attempt} />`}
      <p class="failure" role="status" hidden=${failure === ''}>${failure}</p>
      ${shown.breaks.some(({ outcome }) => outcome !== null) && html`<${Ending} id=${id} tour=${tour} shown=${shown} />`}
    </section>`
}
