import { t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { nameOf } from './say-standing.js'

/** @import { Acts } from './use-acts.js' */
/** @typedef {{ name: string, state: string | undefined, canStop: boolean }} Machine what the launcher says of a process; without a `state` there is none, and one that is not known yet is `unknown` */

/**
 * What may be done to a process on the spot; to a service, whether it takes messages, too. Each says whom it is about.
 * @param {{ machine: Machine, acts: Acts, pausedAt?: number | null }} props `pausedAt` is undefined where nothing can be paused
 */
export function Controls({ machine: { name, state, canStop }, acts, pausedAt }) {
  const isStopped = state === 'stopped'
  const isUnknown = state === 'unknown'
  const button = (/** @type {string} */ does, /** @type {() => void} */ act, isDisabled = false) => html`
    <button
      data-does=${does} disabled=${isDisabled} onClick=${act}
      aria-label=${t(`break.${does}Named`, { name: nameOf(name) })}
    >${t(`break.${does}`)}</button>`
  const control = (/** @type {'kill' | 'stop' | 'start'} */ does) => () => acts.control(does, name)
  const pausing = pausedAt == null ? 'pause' : 'resume'
  return html`
    <div class="controls">
      ${state !== undefined && button('kill', control('kill'), isStopped || isUnknown)}
      ${state !== undefined && canStop && button(isStopped ? 'start' : 'stop', control(isStopped ? 'start' : 'stop'), isUnknown)}
      ${pausedAt !== undefined && button(pausing, () => acts.pause(pausing, name), isStopped || isUnknown)}
    </div>`
}
