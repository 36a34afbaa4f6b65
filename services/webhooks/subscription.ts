import { randomBytes } from 'node:crypto'
import type { ShopEvent } from '../../shared/shop-events.ts'

/** Somebody outside who is told of events. `events` is empty where it is told of all. Times in ms. */
export type Subscription = {
  id: string
  url: string
  events: ShopEvent[]
  secret: string
  createdAt: number
  pausedAt: number | null
  pauseReason: string | null
}

/** More than the ways out that a worker has at once (64, four for each) would wait for each other. */
export const SUBSCRIPTIONS_MAX = 16

/** Whether a subscriber wants to be told of an event. */
export function wants({ events }: Pick<Subscription, 'events'>, name: ShopEvent): boolean {
  return events.length === 0 || events.includes(name)
}

/** What a log may say of its address: the rest of it may be a secret. */
export const hostOf = ({ url }: Pick<Subscription, 'url'>) => new URL(url).host

const SECRET_BYTES = 32

/** A secret in the form of Standard Webhooks: https://www.standardwebhooks.com/ */
export function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`
}
