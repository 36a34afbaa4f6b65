import { number, span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { nameOf, sayStanding } from './say-standing.js'

/** @import { Queue } from '../../room/snapshot.ts' */
/** @import { Standing } from './standing.js' */

const CELLS = 12

/**
 * A service and the list in front of it. `queue` is what is known of it, if anything is.
 * @param {{ service: string, queue: Queue | undefined, standing: Standing }} props
 */
export function QueueLane({ service, queue, standing }) {
  const name = nameOf(service)
  const lit = queue ? litCells(queue.waiting) : 0
  const cells = Array.from({ length: CELLS }, (_, i) => html`<i class=${i >= CELLS - lit ? 'lit' : ''} />`)
  const isMoving = standing.look !== 'unknown' && (standing.perS ?? 0) > 0
  return html`
    <section
      class=${isMoving ? 'stop moving' : 'stop'}
      data-service=${service} data-look=${standing.look}
      aria-label=${name}
    >
      <h2>${name}</h2>
      <p class="queue"><b class="waiting">${queue ? number(queue.waiting) : '–'}</b> ${t('picture.waiting')}</p>
      <div class="cells" aria-hidden="true">${cells}</div>
      <dl>
        <${Fact} name="oldest" value=${queue?.oldestAgeMs} say=${span} />
        <${Fact} name="inFlight" value=${queue?.inFlight} isFloor=${queue?.isCountCapped} />
        <${Fact} name="retrying" value=${queue?.retrying} isFloor=${queue?.isCountCapped} isTrouble=${true} />
        <${Fact} name="dead" value=${queue?.dead} isTrouble=${true} />
      </dl>
      <p class="worker">${sayStanding(standing)}</p>
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
