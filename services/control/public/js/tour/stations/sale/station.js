import { html } from '/assets/vendor/htm-preact.js'
import { SalePicture } from './picture.js'
import { useSale } from './use-sale.js'

/** @type {import('../../station.js').Station} */
export const station = {
  id: 'sale',
  wantsCommands: false,
  wants: ['sale', 'live'],
  use: useSale,
  Picture: ({ tour, shown }) => html`<${SalePicture} tour=${tour} shown=${shown} />`,
}
