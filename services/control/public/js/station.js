import { number, span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { linkTo } from './address.js'
import { nameOf, sayStanding } from './say-standing.js'

/** @import { Queue } from '../../room/snapshot.ts' */
/** @import { Standing } from './standing.js' */
/**
 * A service and the list in front of it. `queue` is what is known of it, if anything is, `state` what the launcher says of its
 * process; `look` adds to its looks, and `children` is what may be done to it.
 * @typedef {{ service: string, queue: Queue | undefined, standing: Standing, state?: string | undefined, look?: string, children?: unknown }} Props
 */

const CELLS = 12

/** A station of the main line. @param {Props} props */
export function Station({ service, queue, standing, state, look = '', children }) {
  const lit = queue ? litCells(queue.waiting) : 0
  const cells = Array.from({ length: CELLS }, (_, i) => html`<i class=${i >= CELLS - lit ? 'lit' : ''} />`)
  return html`
    <${Box} kind="stop" service=${service} queue=${queue} standing=${standing} state=${state} look=${look}>
      <div class="cells" aria-hidden="true">${cells}</div>
      <dl>
        <${Fact} name="oldest" value=${queue?.oldestAgeMs} say=${span} />
        <${Fact} name="inFlight" value=${queue?.inFlight} isFloor=${queue?.isCountCapped} />
        <${Fact} name="retrying" value=${queue?.retrying} isFloor=${queue?.isCountCapped} isTrouble=${true} />
        <${Fact} name="dead" value=${queue?.dead} isTrouble=${true} />
      </dl>
      <p class="worker" title=${sayStanding(standing)}>${sayStanding(standing)}</p>
      ${children}
    <//>`
}

/** A smaller one, of those that no order waits for; `ways` says whom it hears and tells. @param {Props & { ways: string }} props */
export function SideStation({ service, queue, standing, state, look = '', ways, children }) {
  return html`
    <${Box} kind="stop side" service=${service} queue=${queue} standing=${standing} state=${state} look=${look}>
      <p class="worker">
        ${sayStanding(standing)}
        ${queue?.dead ? html` · <span class="dead">${t('picture.deadCount', { count: number(queue.dead) })}</span>` : ''}
      </p>
      <p class="neighbours" title=${ways}>${ways}</p>
      ${children}
    <//>`
}

/** @param {Pick<Props, 'service' | 'queue' | 'standing' | 'state' | 'look' | 'children'> & { kind: string }} props */
function Box({ kind, service, queue, standing, state, look, children }) {
  const isMoving = standing.look !== 'unknown' && (standing.perS ?? 0) > 0
  return html`
    <section
      class=${[kind, isMoving && 'moving', look].filter(Boolean).join(' ')}
      data-service=${service} data-process=${service} data-state=${state} data-look=${standing.look}
      aria-label=${nameOf(service)}
    >
      <div class="stop-head">
        <h3><a href=${linkTo('queue', { service })}>${nameOf(service)}</a></h3>
        <p class="queue"><b class="waiting">${queue ? number(queue.waiting) : '–'}</b> ${t('picture.waiting')}</p>
      </div>
      ${children}
    </section>`
}

/** A list of 1 lights one cell, one of 4,000 all: each doubling one more. */
const litCells = (/** @type {number} */ waiting) => Math.min(CELLS, Math.ceil(Math.log2(waiting + 1)))

/** @param {{ name: string, value: number | null | undefined, say?: (value: number) => string, isFloor?: boolean, isTrouble?: boolean }} props */
function Fact({ name, value = null, say = number, isFloor = false, isTrouble = false }) {
  return html`
    <div data-fact=${name} class=${isTrouble && value ? 'some' : ''}>
      <dt>${t(`picture.${name}`)}</dt>
      <dd>${value === null ? '–' : say(value) + (isFloor ? '+' : '')}</dd>
    </div>`
}
