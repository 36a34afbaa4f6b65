import type { Handler } from '../handler.ts'
import type { Logger } from '../logger.ts'
import type { EventName, Service } from '../routes.ts'
import type { Database } from '../store/database.ts'
import type { Redis } from '../store/redis.ts'
import type { Acknowledger } from './acknowledge.ts'
import type { Held } from './held.ts'
import type { InHand } from './in-hand.ts'
import type { Publish } from './outbox.ts'
import type { WayOut } from './outside.ts'
import type { Stamps } from './stamps.ts'

/** What the parts of one worker share. */
export type WorkerContext<Client> = {
  service: Service
  worker: string
  handlers: Partial<Record<EventName, Handler<EventName, Client, unknown>>>
  db: Pick<Database<Client>, 'read' | 'failure'>
  publish: Publish<Client>
  acknowledger: Acknowledger
  outside: WayOut
  /** What this hand holds. */
  held: Held
  /** All that its worker holds, with whatever hand. */
  inHand: InHand
  redis: Redis
  stamps: Stamps
  log: Logger
}
