import { html, render } from '/assets/vendor/htm-preact.js'
import { h } from '../dom.js'
import { t } from '../text.js'
import { Trial } from './trial.js'

/** Puts a button below each example that asks this very shop, and one that copies its command. */
export function offerTrials() {
  for (const place of document.querySelectorAll('[data-try]')) if (place instanceof HTMLElement) offer(place)
  for (const command of document.querySelectorAll('pre.curl')) command.before(copyButton(command))
}

function offer(/** @type {HTMLElement} */ place) {
  const { id, endpoint = '', what = '' } = { id: place.closest('article')?.id ?? '', ...place.dataset }
  const show = () => {
    place.replaceChildren()
    render(html`<${Trial} id=${id} what=${what} told=${JSON.parse(place.dataset.try ?? '{}')} />`, place)
    const first = place.querySelector('input, textarea, button')
    if (first instanceof HTMLElement) first.focus()
  }
  place.append(
    h('button', { class: 'quiet', onclick: show, 'aria-label': `${t('docs.try')}: ${endpoint}` }, t('docs.try')),
  )
}

function copyButton(/** @type {Element} */ command) {
  const button = h('button', { class: 'copy' }, t('docs.copy'))
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(command.textContent ?? '')
    button.textContent = t('docs.copied')
  })
  return button
}
