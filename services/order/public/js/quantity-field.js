import { t } from '/assets/js/text.js'
import { html, useState } from '/assets/vendor/htm-preact.js'

/**
 * How many of a product: typed, or one more or less. What is no number, or too many, becomes what it was, or the most there may be.
 * @param {{ id: string, name: string, value: number, least: number, most: number, error?: boolean, note?: string | null, onValue: (value: number) => void }} props
 */
export function QuantityField({ id, name, value, least, most, error = false, note = null, onValue }) {
  const [typing, setTyping] = useState(/** @type {string | null} */ (null)) // stock may change meanwhile, and what is typed stays
  const take = (/** @type {number} */ wanted) => {
    const next = Number.isInteger(wanted) ? Math.min(Math.max(wanted, least), Math.max(most, least)) : value
    setTyping(null)
    if (next !== value) onValue(next)
  }
  const typed = (/** @type {{ currentTarget: HTMLInputElement }} */ { currentTarget }) =>
    take(numberIn(currentTarget.value))
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Enter') return
    event.preventDefault() // it is a number that is meant, and not the order
    take(numberIn(/** @type {HTMLInputElement} */ (event.currentTarget).value))
  }
  const step = (/** @type {number} */ by, /** @type {string} */ key, /** @type {string} */ sign) => html`
    <button
      type="button" id=${`${key}-${id}`} aria-label=${t(`cart.${key}`, { name })}
      aria-disabled=${(by > 0 ? value >= most : value <= least) ? 'true' : null} onClick=${() => take(value + by)}
    >${sign}</button>`
  return html`
    <span class="stepper">
      ${step(-1, 'less', '−')}
      <input
        id=${id} type="text" inputmode="numeric" autocomplete="off" maxlength="4" value=${typing ?? value}
        aria-label=${t('cart.quantity', { name })} aria-invalid=${error} aria-describedby=${note}
        onInput=${(/** @type {{ currentTarget: HTMLInputElement }} */ { currentTarget }) => setTyping(currentTarget.value)}
        onChange=${typed} onKeyDown=${onKeyDown} onFocus=${selectAll}
      />
      ${step(1, 'more', '+')}
    </span>`
}

const numberIn = (/** @type {string} */ text) => (/^\s*\d{1,4}\s*$/.test(text) ? Number(text) : Number.NaN)
const selectAll = (/** @type {{ currentTarget: HTMLInputElement }} */ { currentTarget }) => currentTarget.select()
