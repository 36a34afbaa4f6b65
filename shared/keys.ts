import { type Queue, type Service, serviceOf } from './routes.ts'

/**
 * Every Redis key of the project. All keys of a queue share one hash tag, so they live on one node of a
 * Redis Cluster. Nothing here is the only copy of anything: the comment says what each key is rebuilt from.
 */
const tag = (service: Service) => `orderline:{${service}}`

/** LIST of messages waiting for the service, or in one of its lanes. Rebuilt from its senders' outbox tables. */
export const queueKey = (queue: Queue) => `${tag(serviceOf(queue))}:queue${queue.slice(serviceOf(queue).length)}`

/** HASH message id → `processing:<worker>:<since ms>`, `retrying:<attempt>:<due ms>`, `done` or `dead`. Expendable. */
export const statusKey = (service: Service) => `${tag(service)}:status`

/** HASH worker id → its last heartbeat as JSON. Rebuilt by the next beat, a second later. */
export const workersKey = (service: Service) => `${tag(service)}:workers`

/** STRING, the id of the database that handles the queue: another shop's is kept out. Made again by its workers. */
export const claimKey = (service: Service) => `${tag(service)}:claim`

/** STRING, a random mark. Expendable, and that is its use: when it is gone, Redis has forgotten other things too. */
export const markKey = (service: Service) => `${tag(service)}:mark`

/** STRING, which of the instances of `sender` looks after its rows to a list, for a second. Expendable: another one is found. */
export const settlerKey = (queue: Queue, sender: Service) =>
  `${tag(serviceOf(queue))}:settler${queue.slice(serviceOf(queue).length)}:${sender}`

/** HASH sku → units free to sell, for the shop window. Rebuilt from inventory's `Stock` table. */
export const availableKey = () => `${tag('inventory')}:available`

/** Pub/sub CHANNEL of the live bus: what happens now, for whoever is watching. May be lost. */
export const busChannel = () => 'orderline:bus'

/** Pub/sub CHANNEL of a service: that something is new there for whoever watches, and never what. May be lost. */
export const bellChannel = (service: Service) => `${tag(service)}:bell`

/** HASH session id of the admin → when its cookie ends (ms): those that were ended before, at any control. Made again by each control. */
export const signedOutKey = () => 'orderline:{control}:signed-out'

/** What all keys of the shop begin with. */
export const SHOP_CORNER = 'orderline:'

/** What keys of the tutorial's loop begin with. */
export const TUTORIAL_CORNER = 'tutorial:'

/**
 * LIST and HASH of the tutorial's loop, which the tour runs beside the shop. They are the exception: nothing remembers what is in
 * them, and that is what is shown.
 */
export const tutorialKey = (name: 'myqueue' | 'message_status') => `${TUTORIAL_CORNER}${name}`

/** The same LIST and HASH as a service of the table has, of the guest that the tour adds while the shop runs. */
export const guestKey = (what: 'queue' | 'workers') => `orderline:{loyalty}:${what}`
/** Pub/sub CHANNEL of the tour, on which listeners without a memory are told the same as those of live. Is lost where nobody hears it. */
export const tourChannel = () => 'orderline:tour'
