import { z } from 'zod'
import { states } from '../../../../shared/states.ts'

/** What is not the same for all rooms: log lines that contain `log`, the newest orders in `state`. */
const wish = z.object({ log: z.string(), state: z.enum(states).nullable() })

/** What the order service tells its watcher. */
export const told = z.discriminatedUnion('type', [
  z.object({ type: z.literal('join'), room: z.int(), wish }),
  z.object({ type: z.literal('leave'), room: z.int() }),
  z.object({ type: z.literal('place'), count: z.int() }),
])

/** What the watcher says to the order service: what these rooms are to see, and how placing orders has ended. */
export const said = z.discriminatedUnion('type', [
  z.object({ type: z.literal('seen'), rooms: z.array(z.int()), json: z.string() }),
  z.object({ type: z.literal('placed'), wanted: z.int(), accepted: z.int(), failed: z.int() }),
])

export type Wish = z.infer<typeof wish>
export type Told = z.infer<typeof told>
export type Said = z.infer<typeof said>
