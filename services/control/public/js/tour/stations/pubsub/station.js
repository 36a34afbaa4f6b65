import { html } from '/assets/vendor/htm-preact.js'
import { PubsubPicture } from './picture.js'
import { usePubsub } from './use-pubsub.js'

/** @type {import('../../station.js').Station} */
export const station = {
  id: 'pubsub',
  wantsCommands: false,
  wants: ['live'],
  use: usePubsub,
  Picture: ({ shown }) => html`<${PubsubPicture} shown=${shown} />`,
}
