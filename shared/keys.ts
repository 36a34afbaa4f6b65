import type { Queue, Service } from './routes.ts'

/**
 * Every Redis key of the project. All keys of a queue share one hash tag, so they live on one node of a
 * Redis Cluster; a shard of it has its own, and so may live on another. Nothing here is the only copy of
 * anything: the comment says what each key is rebuilt from.
 */
const tag = (list: Queue) => `orderline:{${list.split(':', 1)}}`
const laneIn = (list: Queue) => list.replace(/^[^:]*/, '')

/** LIST of messages waiting for the service, in one of its lanes or shards. Rebuilt from its senders' outbox tables. */
export const queueKey = (list: Queue) => `${tag(list)}:queue${laneIn(list)}`

/** HASH message id → `processing:<worker>:<since ms>`, `retrying:<attempt>:<due ms>`, `done` or `dead`. One for each shard. Expendable. */
export const statusKey = (list: Queue) => `${tag(list)}:status`

/** HASH worker id → its last heartbeat as JSON. Rebuilt by the next beat, a second later. */
export const workersKey = (service: Service) => `${tag(service)}:workers`

/** STRING, the id of the database that handles the queue: another shop's is kept out. Made again by its workers. */
export const claimKey = (service: Service) => `${tag(service)}:claim`

/** STRING, a random mark. Expendable, and that is its use: when it is gone, Redis has forgotten other things too. One for each shard. */
export const markKey = (list: Queue) => `${tag(list)}:mark`

/** STRING, which of the instances of `sender` looks after its rows to a list, for a second. Expendable: another one is found. */
export const settlerKey = (list: Queue, sender: Service) => `${tag(list)}:settler${laneIn(list)}:${sender}`

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
