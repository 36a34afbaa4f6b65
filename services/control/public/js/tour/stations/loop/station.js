import { html } from '/assets/vendor/htm-preact.js'
import { Picture } from './picture.js'
import { useLoop } from './use-loop.js'

/** @type {import('../../station.js').Station} */
export const station = {
  id: 'loop',
  wantsCommands: true,
  use: useLoop,
  Picture: ({ shown }) => html`<${Picture} loop=${shown.loop} act=${shown.act} />`,
}
