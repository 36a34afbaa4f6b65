import { t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'

/** @import { Acts } from './use-acts.js' */

/**
 * The ways a simulator can behave; one of them is pressed, none while it does not answer.
 * @param {{ name: string, modes: readonly string[], current: string | null, turn: Acts['turn'] }} props
 */
export function ModeSwitch({ name, modes, current, turn }) {
  const button = (/** @type {string} */ mode) => html`
    <button
      data-mode=${mode} aria-pressed=${mode === current} disabled=${current === null}
      onClick=${() => turn(name, mode)}
    >${t(`mode.${mode}`)}</button>`
  return html`<div class="modes">${modes.map(button)}</div>`
}
