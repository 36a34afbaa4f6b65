import { t } from '/assets/js/text.js'
import { html, useMemo } from '/assets/vendor/htm-preact.js'
import { commandsAbout, stepsAbout } from './about.js'
import { clockMs } from './clock-ms.js'

/** @import { HeardCommand, HeardStep, TourNow } from './station.js' */

const SPEEDS = [0, 300, 1_000]
const COMMANDS = 40

/** Below the picture: the lines of code that just ran, what Redis was told where that is wanted, and how slowly all of it goes. */
export function CodeStrip(
  /** @type {{ tour: TourNow, about?: readonly string[], wantsCommands: boolean }} */ { tour, about, wantsCommands },
) {
  const steps = useMemo(() => stepsAbout(tour.steps, about), [tour.steps, about?.join()])
  const commands = commandsAbout(tour.commands, steps, about).slice(-COMMANDS)
  const last = steps.at(-1)
  return html`
    <section class="code-strip" aria-label=${t('tour.code')}>
      <div class="speeds" role="group" aria-label=${t('tour.speed')}>
        <span class="small">${t('tour.speed')}</span>
        ${SPEEDS.map(
          (ms) =>
            html`<button class="quiet" aria-pressed=${tour.slowMs === ms} onClick=${() => tour.slowDown(ms).catch(() => {})}>${t(`tour.speed.${ms}`)}</button>`,
        )}
      </div>
      ${last ? html`<${Lines} step=${last} />` : html`<p class="empty">${t('tour.noStep')}</p>`}
      ${wantsCommands && html`<${Commands} commands=${commands} />`}
    </section>`
}

function Lines(/** @type {{ step: HeardStep }} */ { step }) {
  const { service, name, file, at, excerpt, isLast } = step
  const line = lineOf(step)
  const first = headOf(step, line)
  return html`
    <figure class="lines" data-last=${isLast}>
      <figcaption>${clockMs(at)} · <b>${t(`service.${service}`)}</b> · <code>${file}:${line}</code>${isLast && ` · ${t('tour.died')}`}</figcaption>
      <pre tabindex="0" aria-label=${`${file}:${line} ${name}`}><code>${excerpt?.lines.map(
        (text, i) =>
          html`<span class=${excerpt.from + i >= first && excerpt.from + i <= line ? 'here' : ''}>${String(excerpt.from + i).padStart(4)}  ${text}${'\n'}</span>`,
      )}</code></pre>
    </figure>`
}

/** The line of code beside the comment that names the step: the one that is about to run, or has just run. */
function lineOf(/** @type {HeardStep} */ { name, line, excerpt }) {
  const by = name.startsWith('before') ? 1 : -1
  return excerpt?.lines[line + by - excerpt.from]?.trim() ? line + by : line
}

/** Where a statement begins of which only brackets stand on its last line, as far as that is shown. */
function headOf(/** @type {HeardStep} */ { excerpt }, /** @type {number} */ line) {
  if (excerpt === null) return line
  const textAt = (/** @type {number} */ at) => excerpt.lines[at - excerpt.from] ?? ''
  if (!/^\s*[)}\]]+[,;]?$/.test(textAt(line))) return line
  const indent = textAt(line).search(/\S/)
  let at = line - 1
  while (at > excerpt.from && (textAt(at).trim() === '' || textAt(at).search(/\S/) > indent)) at--
  return Math.max(at, excerpt.from)
}

/** The newest first: it is what one looks for. */
function Commands(/** @type {{ commands: readonly HeardCommand[] }} */ { commands }) {
  return html`
    <div class="commands-box">
      <h3 class="small">${t('tour.commands')}</h3>
      <ol class="commands" tabindex="0" aria-label=${t('tour.commands')}>
        ${commands
          .toReversed()
          .map(
            ({ key, at, name, args }) =>
              html`<li key=${key}><time>${clockMs(at)}</time> <b>${name}</b> ${args.join(' ')}</li>`,
          )}
      </ol>
    </div>`
}
