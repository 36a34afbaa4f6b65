import { createHmac, createSecretKey } from 'node:crypto'
import { CannotStart } from './cannot-start.ts'
import { isSame } from './is-same.ts'
import { remembered } from './remembered.ts'

const KEY_BYTES = 16 // 128 bits, 22 characters: half of a signature; the other half is the alias
const REMEMBERED = 2_000

/** What is told of an order to those whose it is, and to nobody else. Both are 22 characters of base64url. */
export type OrderKeys = {
  /** What opens the order: whoever has it may read, follow and cancel. */
  keyOf(orderId: string): string
  /** Whether a key that someone gave opens the order. Takes as long for a wrong one as for the right one. */
  opens(orderId: string, given: string): boolean
  /** Another name for the order, for what passes through many hands: it leads neither to the id nor to the key. */
  aliasOf(orderId: string): string
}

/**
 * The keys of all orders, made of one secret: nothing is stored, and every program that knows the secret makes the same.
 * Another secret makes all keys useless that were given away before. Throws `CannotStart` when there is none.
 */
export function createOrderKeys(secret: string | undefined): OrderKeys {
  if (secret === undefined) throw new CannotStart(MISSING)
  const key = createSecretKey(secret, 'utf8')
  // A mail asks three times, and a signature costs as much as its text.
  const sign = remembered(REMEMBERED, (orderId: string) => createHmac('sha256', key).update(orderId).digest())
  const keyOf = (orderId: string) => sign(orderId).toString('base64url', 0, KEY_BYTES)
  return {
    keyOf,
    opens: (orderId, given) => isSame(given, keyOf(orderId)),
    aliasOf: (orderId) => sign(orderId).toString('base64url', KEY_BYTES),
  }
}

const MISSING = 'ORDER_KEY_SECRET: is missing; letters and digits, for example from openssl rand -hex 16'
