import type { Message } from '../events.ts'
import type { Handler } from '../handler.ts'
import type { Logger } from '../logger.ts'
import type { EventName, Queue, Service } from '../routes.ts'
import type { Database } from '../store/database.ts'
import type { Redis } from '../store/redis.ts'
import type { Acknowledger } from './acknowledge.ts'
import type { Held } from './held.ts'
import type { InHand } from './in-hand.ts'
import type { Publish } from './outbox.ts'
import type { WayOut } from './outside.ts'
import type { Stamps } from './stamps.ts'

/** A message and the list it came from: there the next copy goes, and what is said of it is looked for. */
export type Popped = Message & { list: Queue }

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
