import type { Shop } from '../shop.ts'
import { until } from '../until.ts'
import { type Asker, fieldOf } from './ask.ts'
import { walkAccounts } from './walk-accounts.ts'
import { walkAdmin } from './walk-admin.ts'
import { walkSales } from './walk-sales.ts'

export const TOKEN = 'token-of-the-test'

/** Asks every endpoint of a whole shop once, in an order in which each has something to answer. */
export async function walk(shop: Shop, asker: Asker): Promise<void> {
  asker.variables.ADMIN = `authorization: Bearer ${TOKEN}`
  await walkOrders(shop, asker)
  await walkAlerts(shop, asker)
  await walkSales(shop, asker)
  await walkAdmin(shop, asker)
  await walkAccounts(shop, asker)
  await refuse(shop, asker)
}

async function walkOrders(shop: Shop, asker: Asker): Promise<void> {
  const placed = await asker.ask('post-orders')
  const id = fieldOf(placed, 'id')
  use(shop, asker, id)
  asker.variables.NUMBER = fieldOf(placed, 'number')
  await shop.reaches('paid', id)
  await until(async () => (await shop.mails(id)).length >= 2, { what: 'its mails' })
  for (const one of ['get-orders-id', 'get-orders-id-events', 'get-orders-id-mails', 'get-products'])
    await asker.ask(one)
  for (const one of ['get-orders-id-sms', 'get-orders-id-trace']) await asker.askIfThere(one)
  await asker.ask('get-live')
  await asker.ask('post-live')
  await asker.ask('get-admin-orders')
  await asker.ask('post-admin-orders-id-refunds')
  for (const way of ['pay', 'cancel']) {
    use(shop, asker, await placeUnpaid(shop))
    await asker.ask(`post-orders-id-${way}`)
  }
  use(shop, asker, id)
}

function use(shop: Shop, { variables }: Asker, id: string): void {
  variables.ORDER = id
  variables.KEY = shop.keyOf(id)
}

async function placeUnpaid(shop: Shop): Promise<string> {
  const id = await shop.place({ method: null })
  await shop.reaches('reserved', id)
  return id
}

async function walkAlerts(shop: Shop, asker: Asker): Promise<void> {
  await asker.ask('post-alerts')
  asker.variables.LINK = await shop.inMailTo('ada@example.com', /alerts#(\S+)/)
  const asked = [
    'post-alerts-look',
    'post-alerts-confirm',
    'post-alerts-stop',
    'get-alerts-stop-code',
    'post-alerts-stop-code',
  ]
  for (const id of asked) await asker.ask(id)
}

/** The same refusal in each language. */
async function refuse(shop: Shop, asker: Asker): Promise<void> {
  for (const language of ['en', 'zh']) {
    const body = JSON.stringify({ customer: { name: 'Ada', email: 'ada' }, items: [] })
    const headers = `-H 'content-type: application/json' -H 'accept-language: ${language}'`
    await asker.run(`refusal-${language}`, `curl -s ${shop.urlOf('order')}/api/orders ${headers} -d '${body}'`)
  }
}
