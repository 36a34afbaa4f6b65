import { existsSync, readdirSync } from 'node:fs'
import type { Shop } from './shop.ts'

/**
 * Every page that people see: where it is, and what is there once it shows what it is for. `isAdmins`: to whom it shows more
 * than its door.
 */
export type ShownPage = { name: string; shows: string; isAdmins?: true; pathIn(shop: Shop): string | Promise<string> }

const SALE_MS = 3_600_000

const at = (path: string) => () => path

const TOUR: ShownPage = { name: 'the tour', shows: '#main h1', isAdmins: true, pathIn: at('/tour') }

export const shownPages: ShownPage[] = [
  { name: 'the shop', shows: '.card h2', pathIn: at('/') },
  { name: 'a product', shows: '.product-page .add-many', pathIn: at('/products/MUG-001') },
  { name: 'an order', shows: '.timeline li >> nth=2', pathIn: async (shop) => shop.linkTo(await placed(shop)) },
  { name: 'signing in', shows: 'form input', pathIn: at('/account/sign-in') },
  { name: 'signing up', shows: 'form input', pathIn: at('/account/sign-up') },
  { name: 'a new password', shows: 'form input', pathIn: at('/account/reset#some-token') },
  { name: 'an address confirmed', shows: 'form input', pathIn: at('/account/verify#some-token') },
  { name: 'an account, to nobody', shows: 'form input', pathIn: at('/account') },
  { name: 'the sales', shows: '.sale-page .empty, .sale-page .sales', pathIn: at('/sale') },
  { name: 'a sale', shows: '.sale-page .join', pathIn: async (shop) => `/sale/${await announced(shop)}` },
  { name: 'alerts', shows: '.narrow h1', pathIn: at('/alerts') },
  { name: 'the control room', shows: '[data-process=payment][data-look=up]', isAdmins: true, pathIn: at('/control') },
  { name: 'the door of the control room', shows: '.door input', pathIn: at('/control') },
  ...(existsSync('services/control/public/tour.html') ? [TOUR] : []),
  { name: 'the events', shows: '.event-cards > *', pathIn: at('/events') },
  { name: 'the logs', shows: '.log-lines li', isAdmins: true, pathIn: at('/logs') },
  { name: 'the documentation', shows: 'h1', pathIn: at('/docs') },
  { name: 'no page at all', shows: 'h1', pathIn: at('/nowhere') },
]

const VIEWS = ['queue/payment', 'search', 'letters', 'orders', 'log', 'mails', 'peaks', 'workers']

/** The views of the control room, whose address is one. */
export const shownViews: ShownPage[] = VIEWS.map((view) => ({
  name: `the control room, ${view}`,
  shows: `[data-view=${view.split('/')[0]}] h2`,
  isAdmins: true,
  pathIn: at(`/control#/${view}`),
}))

/** The stations of the tour, whose address is one. */
export const shownStations: ShownPage[] = readdirSync('services/control/public/js/tour/stations').map((station) => ({
  name: `the tour, ${station}`,
  shows: '.main-deed',
  isAdmins: true,
  pathIn: at(`/tour#${station}`),
}))

async function placed(shop: Shop): Promise<string> {
  const id = await shop.place()
  await shop.reaches('paid', id)
  return id
}

async function announced(shop: Shop): Promise<string> {
  const wish = { kind: 'flash', sku: 'LMP-001', units: 2, priceCents: 4_400, endsAt: Date.now() + SALE_MS }
  const { id } = await shop.admin<{ id: string }>('sales', wish)
  return id
}
