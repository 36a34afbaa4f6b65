import type { Shop } from '../shop.ts'
import { until } from '../until.ts'
import { type Asker, fieldOf } from './ask.ts'

type Entry = { state: string }

/** Announces a sale, joins it, talks there, and ends it. */
export async function walkSales(shop: Shop, asker: Asker): Promise<void> {
  const { variables } = asker
  variables.SALE = fieldOf(await asker.ask('post-admin-sales'), 'id')
  const opened = async () => (await shop.get<{ state: string }>(`/api/sales/${variables.SALE}`)).state === 'open'
  await until(opened, { what: 'the sale to open' })
  const joined = await asker.ask('post-sales-id-entries')
  variables.TICKET = fieldOf(joined, 'ticket')
  variables.TICKET_KEY = fieldOf(joined, 'key')
  const path = `/api/sales/${variables.SALE}/entries/${variables.TICKET}`
  const headers = { 'order-key': variables.TICKET_KEY }
  await until(async () => (await shop.get<Entry>(path, headers)).state === 'admitted', { what: 'the turn' })
  for (const id of ['get-sales-id-entries-ticket', 'get-sales-id-entries', 'post-sales-id-room']) await asker.ask(id)
  for (const id of ['get-sales-id', 'get-sales', 'post-admin-sales-id-end']) await asker.ask(id)
}
