import type { Step } from '../seen.ts'
import type { Sent } from './loop-answer.ts'

const IDS_MAX = 500

/** Knows which messages are about which order: some steps know a message by its id alone. */
export function createSubjects() {
  const orders = new Map<string, string>()
  return {
    learn: ({ messages }: Step): void => {
      for (const { id, subject } of messages) if (subject !== undefined) orders.set(id, subject)
      for (const id of orders.keys()) if (orders.size > IDS_MAX) orders.delete(id)
    },
    /** The tutorial's messages are known by the number, ours by the order. */
    isAbout: ({ messages }: Step, { number, orderId }: Pick<Sent, 'number' | 'orderId'>): boolean =>
      messages.some(({ id, subject }) => id === number || (subject ?? orders.get(id)) === orderId),
    messagesOf: (orderId: string): string[] => [...orders].flatMap(([id, order]) => (order === orderId ? [id] : [])),
    clear: () => orders.clear(),
  }
}
