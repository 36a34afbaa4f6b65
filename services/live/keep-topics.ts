import type { Message } from '../../shared/events.ts'
import type { Handler, Handlers } from '../../shared/handler.ts'
import type { HeardBy } from '../../shared/routes.ts'
import type { Client } from './db.ts'
import { keepLatest } from './latest.ts'
import { type Kept, keep } from './topics.ts'

/** What live hears it keeps: each thing that happened, or how it is now. */
export const keepTopics: Handlers<'live', Client> = {
  'news.posted': kept(keep, ({ subject, data }) => ['news', { id: subject, ...data }]),
  'room.said': kept(keep, ({ subject, data }) => [`room:${subject}`, data]),
  'stock.changed': kept(keepLatest, ({ subject, data }) => [`stock:${subject}`, { sku: subject, ...data }]),
  'price.changed': kept(keepLatest, ({ subject, data }) => [`price:${subject}`, { sku: subject, ...data }]),
}

function kept<E extends HeardBy<'live'>>(
  keepRows: (tx: Client, rows: Kept[]) => Promise<void>,
  tellOf: (message: Message<E>) => [topic: string, data: object],
): Handler<E, Client> {
  return {
    says: 'topic.kept',
    async apply(tx, batch) {
      const rows = batch.map(({ message }): Kept => {
        const [topic, data] = tellOf(message)
        const { id: event, name: kind, at } = message
        return { topic, event, at, kind, data: JSON.stringify(data) }
      })
      await keepRows(tx, rows)
    },
  }
}
