import { html, useCallback, useEffect } from '/assets/vendor/htm-preact.js'
import { logAsOf } from './as-of.js'
import { LogView } from './log-view.js'
import { narrowTo } from './view.js'

/** @import { ViewProps } from './room.js' */

/** @type {never[]} */
const NONE = []
const LONGEST = 64 // is what a room can be narrowed to

/** `#/log?q=…`: the log as it grows. @param {ViewProps} props */
export function LogsView({ known, store, params: { q = '' } }) {
  const { picture } = known
  useEffect(() => store.want({ log: q.slice(0, LONGEST) }), [q])
  const only = useCallback((/** @type {string} */ text) => narrowTo('log', { q: text }), [])
  return html`<${LogView} lines=${picture?.lines ?? NONE} filter=${q} note=${logAsOf(picture)} only=${only} />`
}
