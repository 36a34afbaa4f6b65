import { createHmac } from 'node:crypto'

/** Of all shops and services that the tests start. */
export const ORDER_KEY_SECRET = 'mQ7rT2xV9kLw4ZpB'

/** The key of an order, as SECURITY.md says how it is made. */
export function keyOf(orderId: string, secret = ORDER_KEY_SECRET): string {
  return createHmac('sha256', secret).update(orderId).digest().subarray(0, 16).toString('base64url')
}

/** What whoever placed the order sends along. */
export const withKey = (orderId: string) => ({ 'order-key': keyOf(orderId) })
