import { html } from '/assets/vendor/htm-preact.js'
import { Trail } from './trail.js'
import { useOrder } from './use-order.js'

/** @type {import('../../station.js').Station} */
export const station = {
  id: 'order',
  wantsCommands: true,
  use: useOrder,
  Picture: ({ tour, shown }) => html`<${Trail} tour=${tour} order=${shown.order} />`,
}
