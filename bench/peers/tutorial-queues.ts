import { Redis } from 'ioredis'
import type { Emitted } from '../../shared/events.ts'
import { newId } from '../../shared/protocol/new-id.ts'
import { receiversOf, type Service } from '../../shared/routes.ts'

/** The tutorial's list and its status hash, a pair for each service. */
export const listOf = (service: Service) => `${service}:myqueue`
export const statusOf = (service: Service) => `${service}:message_status`

export type Queues = { publish(event: Emitted): Promise<void>; close(): Promise<void> }

/** The tutorial's producer: LPUSH. */
export function openQueues(url: string): Queues {
  const redis = new Redis(url)
  return {
    publish: async (event) => {
      const message = JSON.stringify({ message_id: newId(), at: Date.now(), ...event })
      await Promise.all(receiversOf(event.name).map((receiver) => redis.lpush(listOf(receiver), message)))
    },
    close: async () => void (await redis.quit()),
  }
}
