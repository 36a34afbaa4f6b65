import { number, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'

/** @import { SourceExcerpt, Sources } from '../../../../../tour/loop/loop-answer.ts' */

/** The tutorial's loop beside the lines of ours that make the difference, with the whole length of both. */
export function SourcePair(/** @type {{ sources: Sources | null }} */ { sources }) {
  if (sources === null) return html`<p class="placeholder">${t('tour.loop.noSources')}</p>`
  return html`
    <p class="small">${t('tour.loop.fair')}</p>
    <div class="sources">
      ${(/** @type {const} */ (['left', 'right'])).map(
        (side) => html`
        <section>
          <h3>${t(`tour.loop.${side}`)} · ${t('tour.loop.lines', { lines: number(sources[side].lines) })}</h3>
          ${sources[side].excerpts.map((one) => html`<${Excerpt} excerpt=${one} />`)}
        </section>`,
      )}
    </div>`
}

function Excerpt(/** @type {{ excerpt: SourceExcerpt }} */ { excerpt: { file, from, lines } }) {
  return html`
    <figure>
      <figcaption>${file}:${from}</figcaption>
      <pre tabindex="0"><code>${lines.map((line, i) => html`<span class="no">${from + i}</span> ${line}${'\n'}`)}</code></pre>
    </figure>`
}
