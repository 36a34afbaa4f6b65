import { html } from '/assets/vendor/htm-preact.js'
import { number, span, t } from '../text.js'

/** @import { FunnelAnswer } from '../../../../../services/logs/funnel-answer.ts' */

/** How far orders have come, and where they left the way. */
export function Funnel(/** @type {{ funnel: FunnelAnswer | null }} */ { funnel }) {
  return html`
    <section class="part funnel" aria-labelledby="funnel-title">
      <div class="section-head"><h2 id="funnel-title">${t('logs.funnel')}</h2></div>
      <ol class="steps">
        ${(funnel?.steps ?? []).map(
          ({ step, count, share, p50Ms }) => html`
          <li key=${step}>
            <span class="name">${t(`logs.step.${step}`)}</span>
            <span class="share" aria-hidden="true"><i style=${{ width: `${share * 100}%` }}></i></span>
            <b>${number(count)}</b>
            <span class="small">${p50Ms === null || step === 'placed' ? percent(share) : t('logs.step.after', { p50: span(p50Ms) })}</span>
          </li>`,
        )}
      </ol>
      <p class="exits small">${funnel && sayExits(funnel)}</p>
    </section>`
}

const percent = (/** @type {number} */ share) => `${Math.round(share * 100)} %`

function sayExits(/** @type {FunnelAnswer} */ { exits }) {
  const some = exits.filter(({ count }) => count > 0)
  if (some.length === 0) return t('logs.exits.none')
  return some.map(({ exit, count }) => html`<span key=${exit}>${t(`logs.exit.${exit}`)} <b>${number(count)}</b></span>`)
}
