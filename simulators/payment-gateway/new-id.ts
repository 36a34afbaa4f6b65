import { randomBytes } from 'node:crypto'

type Prefix = 'pi' | 'ch' | 're' | 'du' | 'req' | 'cs_test' | 'src'

/** A new id of the given Stripe prefix, such as `pi_` and 24 hex digits. */
export function newId(prefix: Prefix): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`
}
