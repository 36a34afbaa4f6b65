import { number, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'

/** @import { Sources } from '../../../../../tour/loop/loop-answer.ts' */

/** The tutorial's consumer beside the lines of ours that make the difference, with the whole length of both. */
export function SourcePair(/** @type {{ sources: Sources | null }} */ { sources }) {
  if (sources === null) return html`<p class="placeholder">${t('tour.loop.noSources')}</p>`
  return html`
    <div class="sources">
      ${(/** @type {const} */ (['left', 'right'])).map(
        (side) => html`
        <figure>
          <figcaption><b>${t(`tour.loop.${side}`)}</b> · ${t('tour.loop.lines', { lines: number(sources[side].lines) })} <span>${sources[side].file}</span></figcaption>
          <pre tabindex="0"><code>${sources[side].text}</code></pre>
        </figure>`,
      )}
    </div>
    <p class="small">${t('tour.loop.fair')}</p>`
}
