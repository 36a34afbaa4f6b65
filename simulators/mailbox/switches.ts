import { z } from 'zod'
import { delayMs, share } from '../switches.ts'

/** What can be done to the mailbox while it runs. A restart puts everything back to normal. */
export type Switches = {
  /** New connections are refused with 421 and open ones are ended. */
  down: boolean
  /** Share of mails that are kept and whose connection dies before the sender hears so. */
  dropAfterAccept: number
  /** How long each mail is held before it is kept. */
  delayMs: number
}

/** The switches as they are after a start. */
export const allWell = (): Switches => ({ down: false, dropAfterAccept: 0, delayMs: 0 })

/** What `POST /_switches` may change. */
export const changes = z.strictObject({ down: z.boolean(), dropAfterAccept: share, delayMs }).partial()
