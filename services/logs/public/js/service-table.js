import { number, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'

/** @import { SummaryAnswer } from '../../summary-answer.ts' */
/** @typedef {{ summary: SummaryAnswer | null, only: (service: string) => void }} Props */

const MINUTE_MS = 60_000

/** How much each program says. */
export function ServiceTable(/** @type {Props} */ { summary, only }) {
  const minutes =
    summary === null ? 1 : Math.max(1, (Date.parse(summary.until) - Date.parse(summary.since)) / MINUTE_MS)
  return html`
    <section class="part services" aria-labelledby="services-title">
      <div class="section-head"><h2 id="services-title">${t('logs.services')}</h2></div>
      <div class="box" tabindex="0" role="group" aria-labelledby="services-title">
        <table>
          <thead><tr><th scope="col">${t('logs.service')}</th><th scope="col">${t('logs.rate')}</th><th scope="col">${t('logs.bad')}</th></tr></thead>
          <tbody>
            ${(summary?.services ?? []).map(
              ({ service, lines, errors }) => html`
              <tr key=${service}>
                <td><button onClick=${() => only(service)}>${service}</button></td>
                <td>${sayRate(lines / minutes)}</td>
                <td class=${errors > 0 ? 'bad' : ''}>${number(errors)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`
}

const FEW = 10

/** Few of something are told with a digit behind the point, and what there is at all is not told as nothing. @param {number} perMinute */
function sayRate(perMinute) {
  if (perMinute === 0 || perMinute >= FEW) return number(Math.round(perMinute))
  return perMinute < 0.1 ? '< 0.1' : perMinute.toFixed(1)
}
