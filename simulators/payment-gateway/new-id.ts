import { randomBytes } from 'node:crypto'

/** A new id of the given Stripe prefix, such as `pi_` and 24 hex digits. */
export function newId(prefix: 'pi' | 'ch' | 're' | 'req'): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`
}
