import { html } from '/assets/vendor/htm-preact.js'
import { WorkerTable } from './worker-table.js'

/** @import { ViewProps } from './room.js' */

/** `#/workers`: every list and worker as a table. @param {ViewProps} props */
export function WorkersView({ known: { picture, staleMs } }) {
  return html`<${WorkerTable} picture=${picture} isKnown=${staleMs === null && picture?.isRedisAway === false} />`
}
