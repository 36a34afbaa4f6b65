import { number, span, t, tOr } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { linkTo } from './address.js'

/** @import { Verdict } from '../../room/snapshot.ts' */

const FIGURES = /** @type {const} */ (['accepted', 'final'])
const MUST_BE_ZERO = /** @type {const} */ (['lost', 'oversold', 'doubleCharged'])

/** What the independent audit says, as of `now` (ms): the promise in five numbers, each with its age. @param {{ audit: Verdict | null, now: number }} props */
export function AuditStrip({ audit, now }) {
  const ago = audit && t('tile.ago', { ago: span(Math.max(0, now - audit.at)) })
  const figure = (/** @type {typeof FIGURES[number] | typeof MUST_BE_ZERO[number]} */ name) => html`
    <${Figure} name=${name} value=${audit?.[name]} ago=${ago} mustBeZero=${MUST_BE_ZERO.some((one) => one === name)} />`
  return html`
    <section class="strip" id="auditor" aria-labelledby="auditor-title">
      <dl>${[...FIGURES, ...MUST_BE_ZERO].map(figure)}</dl>
      <div class="audit">
        <h2 id="auditor-title">${t('tile.title')}</h2>
        <p class="small">${audit ? about(audit, now) : t('tile.pending')}</p>
        <p class="small others" hidden=${!audit || audit.others.length === 0}>${audit && html`<${Others} others=${audit.others} />`}</p>
      </div>
    </section>`
}

/** @param {{ name: string, value: number | undefined, ago: string | null, mustBeZero: boolean }} props */
function Figure({ name, value, ago, mustBeZero }) {
  const look = mustBeZero && value !== undefined ? (value === 0 ? 'well' : 'bad') : undefined
  return html`
    <div data-figure=${name} data-look=${look}>
      <dt>${t(`tile.${name}`)}</dt>
      <dd>${value === undefined ? '–' : number(value)}</dd>
      <dd class="age">${ago ?? '–'}</dd>
    </div>`
}

function about(/** @type {Verdict} */ { at, tookMs, isAtRest }, /** @type {number} */ now) {
  const when = t('tile.about', { ago: span(Math.max(0, now - at)), took: span(tookMs) })
  return `${t(isAtRest ? 'tile.rest' : 'tile.unrest')} ${when}`
}

/** @param {{ others: Verdict['others'] }} props */
function Others({ others }) {
  const list = countsIn(others)
    .map(([check, count]) => sayCheck(check, count))
    .join(t('tile.and'))
  const hasLetters = others.some(({ check }) => check === 'deadLetter')
  return html`
    <span title=${others.map(({ id, detail }) => `${id}: ${detail}`).join('\n')}>${t('tile.others', { list })}</span>
    ${hasLetters && html` <a href=${linkTo('letters')}>${t('tile.show')}</a>`}`
}

/** @param {Verdict['others']} others @returns {[check: string, count: number][]} */
function countsIn(others) {
  const counts = new Map()
  for (const { check } of others) counts.set(check, (counts.get(check) ?? 0) + 1)
  return [...counts]
}

/** In words where there are some; else as the auditor calls it. @param {string} check @param {number} count */
function sayCheck(check, count) {
  const key = count === 1 ? `check.${check}.one` : `check.${check}`
  return tOr(key, `${check} {count}`).replace('{count}', number(count))
}
