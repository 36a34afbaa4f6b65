import { t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { nameOf, sayStanding } from './say-standing.js'
import { standingOfProcess } from './standing.js'

/** @import { Faults, Session } from '../../session-answer.ts' */
/** @import { Act } from './break-panel.js' */
/** @import { Known } from './room-store.js' */
/** @import { Standing } from './standing.js' */
/** @typedef {'kill' | 'stop' | 'start'} Control */

/**
 * The processes of the demo, each of which can be killed, stopped and started.
 * @param {{ known: Known, session: Session, faults: Faults, act: Act }} props
 */
export function ProcessList({ known, session, faults, act }) {
  const control = (/** @type {Control} */ action, /** @type {string} */ name) =>
    act({ action, name }, () => t(`done.${action}`, { name: nameOf(name) }))
  const rows = known.picture?.scene?.processes.map(
    ({ name, state }) => html`
    <${ProcessRow}
      key=${name} name=${name} state=${state} standing=${standingOfProcess(name, known, session)}
      canStop=${!faults.unstoppable.includes(name)} control=${control}
    />`,
  )
  return html`<ul class="processes">${rows}</ul>`
}

/** @param {{ name: string, state: string, standing: Standing, canStop: boolean, control: (action: Control, name: string) => void }} props */
function ProcessRow({ name, state, standing, canStop, control }) {
  const isStopped = state === 'stopped'
  const button = (/** @type {Control} */ action, isDisabled = false) => html`
    <button
      aria-label=${t(`break.${action}Named`, { name: nameOf(name) })} disabled=${isDisabled}
      data-does=${action} onClick=${() => control(action, name)}
    >${t(`break.${action}`)}</button>`
  return html`
    <li data-process=${name} data-look=${standing.look} data-state=${state}>
      <span class="lamp" aria-hidden="true" />
      <span class="name">${nameOf(name)}</span>
      <span class="small">${sayStanding(standing)}</span>
      ${button('kill', isStopped)}
      ${canStop ? button(isStopped ? 'start' : 'stop') : html`<span />`}
    </li>`
}
