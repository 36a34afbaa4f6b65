import { Component, html } from '/assets/vendor/htm-preact.js'

/** @typedef {{ value: unknown, isForced: boolean, draw: (value: any) => unknown }} Props */

/**
 * Draws a value, and stands still while somebody points at what is drawn or works in it, unless it must not: rows
 * that move away from under a pointer cannot be clicked.
 */
export class Held extends Component {
  /** @type {unknown} */ drawn
  /** @type {HTMLElement | null} */ box = null

  shouldComponentUpdate(/** @type {Props} */ { value, isForced }) {
    if (value === this.drawn) return false
    return isForced || !this.box?.matches(':hover, :focus-within')
  }

  render() {
    const { value, draw } = /** @type {Props} */ (this.props)
    this.drawn = value
    const keep = (/** @type {HTMLElement | null} */ box) => {
      this.box = box
    }
    return html`<div class="held" ref=${keep}>${draw(value)}</div>`
  }
}
