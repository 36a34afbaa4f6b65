import { html } from '/assets/vendor/htm-preact.js'
import { Messages } from '../../messages.js'
import { GuestTile } from './guest-tile.js'
import { useGuest } from './use-guest.js'

const STOPS = ['payment', 'loyalty']

/** @type {import('../../station.js').Station} */
export const station = {
  id: 'bus',
  wantsCommands: true,
  use: useGuest,
  Picture: ({ tour, shown }) => html`
    <${GuestTile} shown=${shown} />
    <${Messages} tour=${tour} stops=${STOPS} />`,
}
