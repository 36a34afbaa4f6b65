import { html } from '/assets/vendor/htm-preact.js'
import { deadIn } from './as-of.js'
import { DeadLetterList } from './dead-letter-list.js'

/** @import { ViewProps } from './room.js' */

/** `#/letters`: what has been given up anywhere. @param {ViewProps} props */
export function LettersView({ known, store }) {
  return html`<${DeadLetterList} store=${store} count=${deadIn(known.picture)} />`
}
