import { html } from '/assets/vendor/htm-preact.js'
import { LogsPicture } from './picture.js'
import { useLogs } from './use-logs.js'

/** @type {import('../../station.js').Station} */
export const station = {
  id: 'logs',
  wantsCommands: true,
  wants: ['logs'],
  use: useLogs,
  Picture: ({ tour, shown }) => html`<${LogsPicture} tour=${tour} shown=${shown} />`,
}
