import { comma, dateAndClock, number, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'

/** @import { ChecksAnswer } from '../../checks-answer.ts' */
/** @import { CompletenessAnswer } from '../../completeness-answer.ts' */
/** @typedef {{ completeness: CompletenessAnswer | null, checks: import('./use-polled.js').Polled<ChecksAnswer> }} Props */

/** Whether each line that was numbered is here, and whether the log tells what the books do. */
export function Whole(/** @type {Props} */ { completeness, checks }) {
  return html`
    <section class="part whole" aria-labelledby="whole-title">
      <div class="section-head"><h2 id="whole-title">${t('logs.whole')}</h2></div>
      <div class="box" tabindex="0" role="group" aria-labelledby="whole-title">
        ${completeness === null ? html`<${Said} look="unknown" words=${t('logs.partAway')} />` : html`<${Complete} answer=${completeness} />`}
        ${checks.value === null ? html`<${Said} look="unknown" words=${t(checks.isAway ? 'logs.check.unknown' : 'logs.looking')} />` : html`<${Books} answer=${checks.value} isAway=${checks.isAway} />`}
      </div>
    </section>`
}

function Complete(/** @type {{ answer: CompletenessAnswer }} */ { answer }) {
  const { isComplete, runs, lines, missing, gaps, newestRuns, newestGaps } = answer
  const counts = { runs: number(runs), lines: number(lines), missing: number(missing), gaps: number(gaps) }
  return html`
    <${Said} look=${isComplete ? 'well' : 'bad'} words=${t(isComplete ? 'logs.complete' : 'logs.incomplete', counts)}>
      ${newestRuns.filter((run) => run.missing > 0).map((run) => html`<li>${t('logs.run', { ...run, missing: number(run.missing), last: number(run.last) })}</li>`)}
      ${newestGaps.map((gap) => html`<li>${t('logs.gap', { ...gap, at: dateAndClock(gap.at) })}</li>`)}
    <//>`
}

/** What was known last stays, and does not pretend to be of this moment. */
function Books(/** @type {{ answer: ChecksAnswer, isAway: boolean }} */ { answer: { isSame, checks }, isAway }) {
  const look = isAway ? 'unknown' : isSame ? 'well' : 'bad'
  return checks.map(
    ({ check, lines, rows, difference, withoutLine, withoutRow }) => html`
    <${Said} key=${check} look=${look} words=${t(difference === 0 && isSame ? 'logs.check.same' : 'logs.check.differs', { lines: number(lines), rows: number(rows) })}>
      ${isAway && html`<li>${t('logs.check.unknown')}</li>`}
      ${withoutLine.length > 0 && html`<li>${t('logs.check.withoutLine', { list: withoutLine.join(comma) })}</li>`}
      ${withoutRow.length > 0 && html`<li>${t('logs.check.withoutRow', { list: withoutRow.join(comma) })}</li>`}
    <//>`,
  )
}

/** @param {{ look: 'well' | 'bad' | 'unknown', words: string, children?: unknown }} props */
function Said({ look, words, children }) {
  return html`
    <div class="said-of-logs" data-look=${look}>
      <span class="lamp" aria-hidden="true"></span>
      <p>${words}</p>
      <ul>${children}</ul>
    </div>`
}
