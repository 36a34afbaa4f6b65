import { clock, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'

/** @import { Step } from '../../../tour/seen.ts' */
/** @import { TourNow } from './station.js' */

const SPEEDS = [0, 300, 1_000]
const COMMANDS = 8

/** Below the picture: the lines of code that just ran, what Redis was told, and how slowly all of it goes. */
export function CodeStrip(/** @type {{ tour: TourNow }} */ { tour }) {
  const last = tour.steps.at(-1)
  return html`
    <section class="code-strip" aria-label=${t('tour.code')}>
      <div class="speeds" role="group" aria-label=${t('tour.speed')}>
        ${SPEEDS.map(
          (ms) =>
            html`<button class="quiet" aria-pressed=${tour.slowMs === ms} onClick=${() => tour.slowDown(ms)}>${t(`tour.speed.${ms}`)}</button>`,
        )}
      </div>
      ${last ? html`<${Lines} step=${last} />` : html`<p class="empty">${t('tour.noStep')}</p>`}
      <ol class="commands">
        ${tour.commands.slice(-COMMANDS).map(({ at, name, args }) => html`<li><time>${clock(at)}</time> <b>${name}</b> ${args.join(' ')}</li>`)}
      </ol>
    </section>`
}

function Lines(/** @type {{ step: Step }} */ { step: { service, name, file, line, excerpt } }) {
  return html`
    <figure class="lines">
      <figcaption>${t(`service.${service}`)} · ${file}:${line} · ${name}</figcaption>
      <pre tabindex="0"><code>${excerpt?.lines.map((text, i) => html`<span class=${excerpt.from + i === line ? 'here' : ''}>${excerpt.from + i}  ${text}${'\n'}</span>`)}</code></pre>
    </figure>`
}
