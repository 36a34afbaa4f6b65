import { number, span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'

/** @import { Verdict } from '../../room/snapshot.ts' */

const FIGURES = /** @type {const} */ (['accepted', 'final'])
const MUST_BE_ZERO = /** @type {const} */ (['lost', 'oversold', 'doubleCharged'])

/** What the independent auditor says, as of `now` (ms): the promise in five numbers. */
export function AuditTile(/** @type {{ audit: Verdict | null, now: number }} */ { audit, now }) {
  const others = summary(audit?.others ?? [])
  return html`
    <section class="tile" id="auditor">
      <h2>${t('tile.title')}</h2>
      <dl>
        ${FIGURES.map((name) => html`<${Figure} name=${name} value=${audit?.[name]} />`)}
        ${MUST_BE_ZERO.map((name) => html`<${Figure} name=${name} value=${audit?.[name]} mustBeZero=${true} />`)}
      </dl>
      <p class="small">${audit ? about(audit, now) : t('tile.pending')}</p>
      <p class="small others" hidden=${others === ''}>${t('tile.others', { list: others })}</p>
    </section>`
}

/** @param {{ name: string, value: number | undefined, mustBeZero?: boolean }} props */
function Figure({ name, value, mustBeZero = false }) {
  const look = mustBeZero && value !== undefined ? (value === 0 ? 'well' : 'bad') : undefined
  return html`
    <div data-figure=${name} data-look=${look}>
      <dt>${t(`tile.${name}`)}</dt>
      <dd>${value === undefined ? '–' : number(value)}</dd>
    </div>`
}

function about(/** @type {Verdict} */ { at, tookMs, isAtRest }, /** @type {number} */ now) {
  const when = t('tile.about', { ago: span(Math.max(0, now - at)), took: span(tookMs) })
  return `${t(isAtRest ? 'tile.rest' : 'tile.unrest')} ${when}`
}

function summary(/** @type {Verdict['others']} */ others) {
  const counts = new Map()
  for (const { check } of others) counts.set(check, (counts.get(check) ?? 0) + 1)
  return [...counts].map(([check, count]) => `${check} ${count}`).join(', ')
}
