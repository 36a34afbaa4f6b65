import { randomBytes, randomInt } from 'node:crypto'

export type Customer = { name: string; email: string; phone: string; password: string }

/** Somebody who does not exist: example.com takes no mail, and the number belongs to nobody's phone but our stand-in's. */
export function newCustomer(): Customer {
  const n = randomInt(10_000_000, 100_000_000)
  const password = randomBytes(12).toString('base64url')
  return { name: 'Ada', email: `tour-${n}@example.com`, phone: `+4917${n}`, password }
}
