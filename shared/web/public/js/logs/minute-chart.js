import { html } from '/assets/vendor/htm-preact.js'
import { clock, number, t } from '../text.js'
import { barsOf, HEIGHT, WIDTH } from './bars.js'

/** @import { SummaryAnswer } from '../../../../../services/logs/summary-answer.ts' */

/** How many lines there were in each minute, and how many of them tell of errors. */
export function MinuteChart(/** @type {{ summary: SummaryAnswer | null }} */ { summary }) {
  const minutes = summary?.perMinute ?? []
  const most = Math.max(0, ...minutes.map(({ lines }) => lines))
  const counts = { lines: number(summary?.lines ?? 0), errors: number(summary?.errors ?? 0) }
  return html`
    <section class="part minutes" aria-labelledby="minutes-title">
      <div class="section-head">
        <h2 id="minutes-title">${t('logs.perMinute')}</h2>
        <p class="legend">
          <span class="soft">${t('logs.legend.lines', { count: counts.lines })}</span>
          <span class="bad">${t('logs.legend.errors', { count: counts.errors })}</span>
        </p>
      </div>
      <svg viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img"
        aria-label=${t('logs.chart', { most: number(most), errors: counts.errors })}>
        <path class="lines-bars" d=${barsOf(
          minutes.map(({ lines }) => lines),
          most,
        )} />
        <path class="bad-bars" d=${barsOf(
          minutes.map(({ errors }) => errors),
          most,
        )} />
      </svg>
      <p class="axis"><span>${summary && clock(summary.since)}</span><span>${t('chart.peak', { value: number(most) })}</span></p>
    </section>`
}
