import type { Message } from '../../shared/events.ts'
import type { Handler, Handlers } from '../../shared/handler.ts'
import type { HeardBy } from '../../shared/routes.ts'
import type { Client } from './db.ts'
import { keepLatest, type Revised } from './latest.ts'
import { type Kept, keep } from './topics.ts'

/** What live hears it keeps: each thing that happened, or how it is now. */
export const keepTopics: Handlers<'live', Client> = {
  'news.posted': kept(keep, (message) => keptOf(message, 'news', { id: message.subject, ...message.data })),
  'room.said': kept(keep, (message) => keptOf(message, `room:${message.subject}`, message.data)),
  'stock.changed': kept(keepLatest, (message) => revisedOf(message, 'stock')),
  'price.changed': kept(keepLatest, (message) => revisedOf(message, 'price')),
}

function kept<E extends HeardBy<'live'>, Row>(
  keepRows: (tx: Client, rows: Row[]) => Promise<void>,
  rowOf: (message: Message<E>) => Row,
): Handler<E, Client> {
  return {
    says: 'topic.kept',
    apply: (tx, batch) =>
      keepRows(
        tx,
        batch.map(({ message }) => rowOf(message)),
      ),
  }
}

function revisedOf(message: Message<'stock.changed' | 'price.changed'>, of: 'stock' | 'price'): Revised {
  const { revision, ...data } = message.data
  return { ...keptOf(message, `${of}:${message.subject}`, { sku: message.subject, ...data }), revision }
}

function keptOf({ id: event, name: kind, at }: Message, topic: string, data: object): Kept {
  return { topic, event, at, kind, data: JSON.stringify(data) }
}
