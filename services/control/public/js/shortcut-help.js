import { choose } from '/assets/js/choose.js'
import { t } from '/assets/js/text.js'
import { html, useRef, useState } from '/assets/vendor/htm-preact.js'
import { DIGITS } from './shortcuts.js'
import { useShortcuts } from './use-shortcuts.js'

const NAMED = ['k', 's', 'p', 'r', '/', '?']

/** The button that lists the keys, and the list. Keys can be switched off there: a voice that is heard as keys would press them. */
export function ShortcutHelp() {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null))
  const [areOn, turn] = useState(() => !document.cookie.includes('shortcuts=off'))
  const show = () => dialog.current?.showModal()
  useShortcuts(areOn, show)
  const toggle = (/** @type {{ currentTarget: HTMLInputElement }} */ { currentTarget: { checked } }) => {
    turn(checked)
    choose('shortcuts', checked ? null : 'off')
  }
  return html`
    <button class="quiet keys" aria-label=${t('keys.title')} title=${t('keys.title')} onClick=${show}>?</button>
    <dialog class="key-list" ref=${dialog} aria-labelledby="keys-title">
      <h2 id="keys-title">${t('keys.title')}</h2>
      <dl>
        ${NAMED.map((key) => html`<div><dt><kbd>${key.toUpperCase()}</kbd></dt><dd>${t(`keys.${key}`)}</dd></div>`)}
        ${DIGITS.map((view, i) => html`<div><dt><kbd>${i + 1}</kbd></dt><dd>${t(`view.${view}`)}</dd></div>`)}
      </dl>
      <p class="small">${t('keys.about')}</p>
      <form method="dialog">
        <label><input type="checkbox" checked=${areOn} onChange=${toggle} /> ${t('keys.on')}</label>
        <button class="primary">${t('keys.close')}</button>
      </form>
    </dialog>`
}
