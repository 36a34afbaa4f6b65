import { every, type Loop } from '../../shared/every.ts'
import type { Health } from '../../shared/health.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Service } from '../../shared/routes.ts'
import { senderOf } from '../../shared/senders.ts'
import { shopEvents } from '../../shared/shop-events.ts'
import type { Database } from '../../shared/store/database.ts'
import type { Ask } from '../../shared/web/ask-service.ts'
import type { Client } from './db.ts'
import { untold } from './deliveries.ts'
import type { Lines } from './lines.ts'
import { makeDue } from './make-due.ts'
import { type End, placesIn } from './places.ts'
import { readPage } from './read-page.ts'
import { allSubscriptions, type Registered } from './subscriptions.ts'

const LOOK_MS = 500
const REST_MS = 5_000 // while nobody is subscribed; a registration is told of

/** How many deliveries a subscriber may have before it without a word on them: the rest waits where it was kept. */
const WINDOW = 12

/** A subscription that may be told more: after which event, null where it has not begun, and of how many. */
export type Follower = { subscription: Registered; after: number | null; room: number }

type Deps = { db: Pick<Database<Client>, 'read'>; lines: Pick<Lines, 'isResting'>; health: Health }

/**
 * Looks into the events of every service for what subscribers are to be told, in its order. Each subscriber is told at
 * its own pace: one that is slow or away has a few deliveries under way, and all else waits in the senders' files.
 */
export function createFollower({ db, lines, health }: Deps) {
  const loops = new Map<Service, Loop>()
  const held = new Set<Service>() // senders of which more could be told if there were room
  let periodMs = REST_MS
  let asked: Ask | null = null // once it has started

  const look = async (sender: Service, ask: Ask, publish: Publish<Client>): Promise<void> => {
    const all = await allSubscriptions(db.read)
    periodMs = all.length > 0 ? LOOK_MS : REST_MS
    const mayHear = all.filter(({ id, pausedAt }) => pausedAt === null && !lines.isResting(id))
    if (mayHear.length === 0) return
    const followers = await followersAmong(db.read, mayHear, sender)
    const withRoom = followers.filter(({ room }) => room > 0)
    held.delete(sender)
    if (withRoom.length < followers.length) held.add(sender)
    for (const group of byPlace(withRoom)) {
      const page = await readPage(ask, sender, placeOf(group))
      if (page === null) return // the sender is away, and its events wait there
      const left = await publish((tx, emit) => makeDue({ tx, emit, sender, page, group }))
      if (left === 'no room') held.add(sender)
      if (left === 'more') loops.get(sender)?.nudge()
    }
  }
  return {
    /** Somebody is to be told from now on. */
    nudge: () => {
      for (const loop of loops.values()) loop.nudge()
    },
    /** There may be room. */
    goOn: () => {
      for (const sender of held) loops.get(sender)?.nudge()
    },
    /** Where the events of each sender end now; those that cannot be asked are not among them. */
    ends: async (): Promise<End[]> => {
      const ends = await Promise.all(senders.map((sender) => endOf(sender, asked)))
      return ends.filter((end) => end !== null)
    },
    start: (ask: Ask, publish: Publish<Client>): Loop[] => {
      asked = ask
      for (const sender of senders)
        loops.set(
          sender,
          every(
            () => periodMs,
            `follow.${sender}`,
            health,
            () => look(sender, ask, publish),
          ),
        )
      return [...loops.values()]
    },
  }
}

/** The services whose events are told. */
const senders = [...new Set(shopEvents.map(senderOf))]

async function endOf(sender: Service, ask: Ask | null): Promise<End | null> {
  const page = ask && (await readPage(ask, sender, 'end'))
  return page && { sender, seq: page.upTo }
}

async function followersAmong(read: Client, subscriptions: Registered[], sender: Service): Promise<Follower[]> {
  const [places, waiting] = await Promise.all([placesIn(read, sender), untold(read)])
  return subscriptions.map((subscription) => {
    const { id } = subscription
    return { subscription, after: places.get(id) ?? null, room: WINDOW - (waiting.get(id) ?? 0) }
  })
}

/** Those that are at the same place are served with one look: mostly all of them. Who has not begun looks for himself. */
function byPlace(followers: Follower[]): Follower[][] {
  const groups = new Map<number | string, Follower[]>()
  for (const follower of followers) {
    const place = follower.after ?? follower.subscription.id
    groups.set(place, [...(groups.get(place) ?? []), follower])
  }
  return [...groups.values()]
}

function placeOf([first]: Follower[]): { after: number } | { since: number } {
  if (first === undefined) throw new Error('nobody follows')
  return first.after === null ? { since: first.subscription.createdAt } : { after: first.after }
}
