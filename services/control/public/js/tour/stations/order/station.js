import { html } from '/assets/vendor/htm-preact.js'
import { Messages } from '../../messages.js'
import { Trail } from './trail.js'
import { useOrder } from './use-order.js'

/** @type {import('../../station.js').Station} */
export const station = {
  id: 'order',
  wantsCommands: true,
  use: useOrder,
  Picture: ({ tour, shown }) => html`
    <${Trail} order=${shown.order} />
    <${Messages} tour=${tour} about=${shown.about} stops=${tour.session.main} />`,
}
