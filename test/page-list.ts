import { existsSync } from 'node:fs'
import type { Shop } from './shop.ts'

/**
 * Every page that people see: where it is, and what is there once it shows what it is for. `isAdmins`: to whom it shows more
 * than its door.
 */
export type ShownPage = { name: string; shows: string; isAdmins?: true; pathIn(shop: Shop): string | Promise<string> }

const at = (path: string) => () => path

const TOUR: ShownPage = { name: 'the tour', shows: '#main h1', isAdmins: true, pathIn: at('/tour') }

export const shownPages: ShownPage[] = [
  { name: 'the shop', shows: '.card h2', pathIn: at('/') },
  { name: 'an order', shows: '.timeline li >> nth=2', pathIn: async (shop) => shop.linkTo(await placed(shop)) },
  { name: 'signing in', shows: 'form input', pathIn: at('/account/sign-in') },
  { name: 'signing up', shows: 'form input', pathIn: at('/account/sign-up') },
  { name: 'an account, to nobody', shows: 'form input', pathIn: at('/account') },
  { name: 'the sales', shows: '.sale-page .empty', pathIn: at('/sale') },
  { name: 'alerts', shows: '.narrow h1', pathIn: at('/alerts') },
  { name: 'the control room', shows: '[data-process=payment][data-look=up]', isAdmins: true, pathIn: at('/control') },
  { name: 'the door of the control room', shows: '.door input', pathIn: at('/control') },
  ...(existsSync('services/control/public/tour.html') ? [TOUR] : []),
  { name: 'the events', shows: '.event-cards > *', pathIn: at('/events') },
  { name: 'the logs', shows: '.log-lines li', isAdmins: true, pathIn: at('/logs') },
  { name: 'the documentation', shows: 'h1', pathIn: at('/docs') },
  { name: 'no page at all', shows: 'h1', pathIn: at('/nowhere') },
]

async function placed(shop: Shop): Promise<string> {
  const id = await shop.place()
  await shop.reaches('paid', id)
  return id
}
