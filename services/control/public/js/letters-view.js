import { html } from '/assets/vendor/htm-preact.js'
import { deadIn } from './as-of.js'
import { DeadLetterList } from './dead-letter-list.js'

/** @import { ViewProps } from './room.js' */

/** `#/letters?state=closed&id=…`: what has been given up anywhere, and what became of it. @param {ViewProps} props */
export function LettersView({ known, store, params: { state = 'open', id = '' } }) {
  const which = state === 'closed' ? 'closed' : 'open'
  return html`<${DeadLetterList} key=${which} store=${store} count=${deadIn(known.picture)} state=${which} opened=${id} />`
}
