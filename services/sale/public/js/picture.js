import { pictureOf } from '/assets/js/pictures.js'
import { html } from '/assets/vendor/htm-preact.js'

/** The drawing of what is sold. */
export function Picture(/** @type {{ sku: string }} */ { sku }) {
  const draw = (/** @type {HTMLElement | null} */ box) => box?.replaceChildren(pictureOf(sku))
  return html`<div class="picture" ref=${draw} />`
}
