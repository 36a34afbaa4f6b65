import { html } from '/assets/vendor/htm-preact.js'
import { Picture } from './picture.js'
import { useLoop } from './use-loop.js'

/** @import { TourNow } from '../../station.js' */

/** How many dead letters inventory keeps; null while it cannot be asked. */
const deadOf = (/** @type {TourNow} */ { known }) =>
  known.picture?.lists?.find(({ service }) => service === 'inventory')?.dead ?? null

/** @type {import('../../station.js').Station} */
export const station = {
  id: 'loop',
  wantsCommands: true,
  use: useLoop,
  Picture: ({ tour, shown }) => html`<${Picture} loop=${shown.loop} act=${shown.act} dead=${deadOf(tour)} />`,
}
