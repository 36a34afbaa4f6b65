import { html } from '/assets/vendor/htm-preact.js'
import { PeaksPicture } from './picture.js'
import { usePeaks } from './use-peaks.js'

/** @type {import('../../station.js').Station} */
export const station = {
  id: 'peaks',
  wantsCommands: false,
  use: usePeaks,
  Picture: ({ tour, shown }) => html`<${PeaksPicture} tour=${tour} shown=${shown} />`,
}
