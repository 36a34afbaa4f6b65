import { h, setText } from '/assets/js/dom.js'
import { t } from '/assets/js/text.js'

/** A button that copies a text and says so for a moment. */
export function copyButton(/** @type {string} */ key, /** @type {() => string} */ text) {
  const button = h('button', { class: 'quiet', 'aria-live': 'polite' }, t(key))
  button.addEventListener('click', async () => {
    await navigator.clipboard?.writeText(text())
    setText(button, t('order.copied'))
    setTimeout(() => setText(button, t(key)), 1_500)
  })
  return button
}
