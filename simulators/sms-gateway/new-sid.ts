import { randomBytes } from 'node:crypto'

/** A new id of an SMS: `SM` and 32 hex digits. */
export const newSid = () => `SM${randomBytes(16).toString('hex')}`
