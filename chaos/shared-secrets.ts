import { randomBytes } from 'node:crypto'

export const secret = () => randomBytes(24).toString('hex')

/** What must be the same wherever programs have a database in common: beside one, the launcher makes none of them itself. */
export const sharedSecrets = () => ({
  ORDER_KEY_SECRET: secret(),
  CALL_SECRET: secret(),
  SESSION_SECRET: secret(),
  SEAL_SECRET: secret(),
})
