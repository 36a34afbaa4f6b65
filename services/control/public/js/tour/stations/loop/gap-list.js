import { t } from '/assets/js/text.js'
import { html, useState } from '/assets/vendor/htm-preact.js'

/** @import { Death, Holder, Known, LoopNow } from '../../../../../tour/loop/loop-answer.ts' */
/** @import { Act } from './use-loop.js' */

/** Where each side can be let die, in the order in which it is come past; the server refuses any other. */
const GAPS = {
  left: [
    'tutorial-producer/before the push',
    'tutorial-producer/pushed',
    'tutorial-consumer/popped',
    'tutorial-consumer/charged',
    'tutorial-consumer/status set',
  ],
  right: [
    'inventory/after pop',
    'inventory/before commit',
    'inventory/after commit',
    'inventory/before push',
    'inventory/after push',
    'inventory/before acknowledge',
    'inventory/after acknowledge',
    'payment/after pop',
    'payment/before prepare',
    'payment/gateway answered',
    'payment/before commit',
    'payment/before acknowledge',
  ],
}

/** A skull at every gap of both sides; beside each what was found there: who still knew of the message. */
export function GapList(/** @type {{ loop: LoopNow, act: Act }} */ { loop, act }) {
  const [isBusy, setBusy] = useState(false)
  const die = async (/** @type {string} */ gap) => {
    const [program, point] = gap.split('/')
    setBusy(true)
    await act({ action: 'dieAt', program, point }).finally(() => setBusy(false))
  }
  const deaths = loop.sent.flatMap(({ left, right }) => [...left.deaths, ...right.deaths])
  return html`
    <div class="gaps">
      ${(/** @type {const} */ (['left', 'right'])).map(
        (side) => html`
        <section data-side=${side}>
          <h3>${t(`tour.loop.${side}`)} · ${t('tour.loop.whoKnows')}</h3>
          <ol>${GAPS[side].map((gap) => html`<${Gap} key=${gap} gap=${gap} isBusy=${isBusy} death=${deaths.findLast(isAt(gap))} die=${die} />`)}</ol>
        </section>`,
      )}
    </div>`
}

const isAt =
  (/** @type {string} */ gap) =>
  (/** @type {Death} */ { program, point }) =>
    gap === `${program}/${point}`

/** @param {{ gap: string, isBusy: boolean, death: Death | undefined, die(gap: string): void }} props */
function Gap({ gap, isBusy, death, die }) {
  const name = t(`tour.loop.gap.${gap}`)
  return html`
    <li data-known=${death?.known ? String(isKnown(death.known)) : 'open'}>
      <button class="skull" disabled=${isBusy} aria-label=${t('tour.loop.dieHere', { name })} onClick=${() => die(gap)}>☠</button>
      <span>${name}</span>
      <output>${death === undefined ? '' : death.known === null ? '…' : whoOf(death.known)}</output>
    </li>`
}

const pushesOf = (/** @type {Holder[]} */ by, /** @type {string} */ wanted) =>
  by.reduce((most, { sender, pushes }) => (sender === wanted ? Math.max(most, pushes) : most), 0)

const isKnown = (/** @type {Known} */ { inList, isDone, by }) => inList || isDone || by.length > 0

function whoOf(/** @type {Known} */ { inList, isDone, by }) {
  if (by.length > 0) {
    const senders = [...new Set(by.map(({ sender }) => sender))]
    return senders
      .map((sender) => t('tour.loop.outbox', { sender: t(`service.${sender}`), pushes: pushesOf(by, sender) }))
      .join(' · ')
  }
  return t(inList ? 'tour.loop.theList' : isDone ? 'tour.loop.allDone' : 'tour.loop.nobody')
}
