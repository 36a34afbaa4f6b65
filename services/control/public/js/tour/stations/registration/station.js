import { html } from '/assets/vendor/htm-preact.js'
import { Desks } from './desks.js'
import { useSignUps } from './use-sign-ups.js'

/** @type {import('../../station.js').Station} */
export const station = {
  id: 'registration',
  wantsCommands: true,
  wants: ['accounts', 'mailbox', 'sms-gateway'],
  use: useSignUps,
  Picture: ({ tour, shown }) => html`<${Desks} tour=${tour} shown=${shown} />`,
}
