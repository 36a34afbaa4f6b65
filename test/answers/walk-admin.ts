import type { Shop } from '../shop.ts'
import { until } from '../until.ts'
import { type Asker, fieldOf, hasField } from './ask.ts'

const SHOWN = [
  ...['get-admin-session', 'get-admin-live', 'get-admin-queues', 'get-admin-pace', 'post-admin-pace'],
  ...['get-events', 'get-admin-events', 'get-asyncapi-json', 'get-schemas-event-version'],
]
const LOGS = ['', '-watch', '-summary', '-funnel', '-errors', '-completeness', '-checks', '-archive']

/** What the admin does and sees. */
export async function walkAdmin(shop: Shop, asker: Asker): Promise<void> {
  for (const id of ['put-admin-prices-sku', 'post-admin-restock', 'post-admin-news', 'post-admin-demo'])
    await asker.ask(id)
  for (const id of SHOWN) await asker.ask(id)
  await lookIntoQueue(shop, asker)
  await bury(shop, asker)
  asker.variables.MAIL = fieldOf(await asker.ask('get-admin-mails'), 'mails[0].id')
  await asker.ask('get-admin-mails-id')
  await manageWebhooks(asker)
  const collected = async () =>
    (await shop.admin<{ lines: [] }>(`logs?subject=${asker.variables.NUMBER}`)).lines.length > 0
  await until(collected, { timeoutMs: 30_000, what: 'the lines of the order to be collected' })
  for (const name of LOGS) await asker.ask(`get-admin-logs${name}`)
}

/** What waits while nobody takes it. */
async function lookIntoQueue(shop: Shop, asker: Asker): Promise<void> {
  await asker.askIfThere('post-admin-queues-service-pause')
  const waits = async () => {
    await shop.place() // the worker obeys within a second, and takes what comes before that
    const looked = await asker.askIfThere('get-admin-queues-service-messages')
    return looked === null || (hasField(looked, WAITING) && looked)
  }
  const looked = await until(waits, { everyMs: 1_000, what: 'a message to wait' })
  if (looked !== true) asker.variables.MESSAGE = fieldOf(looked, WAITING)
  for (const way of ['get-admin-queues-service-messages-id', 'post-admin-queues-service-resume'])
    await asker.askIfThere(way)
  for (const id of ['get-admin-queues-service-history', 'get-admin-search']) await asker.askIfThere(id)
}

const WAITING = 'lists[1].messages[0].id'

async function bury(shop: Shop, asker: Asker): Promise<void> {
  await shop.demo({ action: 'garbage', name: 'inventory' })
  const isBuried = async () => (await shop.admin<{ total: number }>('dead-letters')).total > 0
  await until(isBuried, { what: 'a dead letter' })
  for (const way of ['retry', 'discard']) {
    asker.variables.LETTER = fieldOf(await asker.ask('get-admin-dead-letters'), 'deadLetters[0].id')
    await asker.askIfThere(`post-admin-dead-letters-service-id-${way}`)
  }
  await asker.ask('post-admin-dead-letters-replay')
}

async function manageWebhooks(asker: Asker): Promise<void> {
  asker.variables.WEBHOOK = fieldOf(await asker.ask('post-admin-webhooks'), 'id')
  const asked = ['get-admin-webhooks', 'post-admin-webhooks-id-resume', 'delete-admin-webhooks-id']
  for (const id of asked) await asker.ask(id)
}
