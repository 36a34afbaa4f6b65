import { z } from 'zod'
import { services } from '../routes.ts'
import { loadClasses } from './overload.ts'

const number = z.number()

/** One service on the way from an order to its money, as order saw it last. Rates are a second, times in ms. */
const hop = z.object({
  service: z.enum(services),
  waiting: number, // all that is before it: in its lists, on its senders’ disks, and in its workers’ hands
  listed: number,
  onDisk: number,
  held: number,
  inPerS: number,
  outPerS: number,
  canPerS: number, // what it is taken to manage, by what it was seen to, and by its pace
  waitMs: number.nullable(), // until what is placed now is through it; null while nobody works there
  isPaused: z.boolean(), // whoever runs the shop has it pop nothing
  pacePerS: number.nullable(), // calls that the world outside is asked, at most; null where there is no pace
  atOnce: number.nullable(), // calls that may be under way at once, of all its workers; null while none tells
  underWay: number.nullable(),
})
export type Hop = z.infer<typeof hop>

/** Requests refused since the start (`GET /ops/shed`). */
export const shed = z.record(z.enum(loadClasses), number)

/** How a peak is held back (`GET /ops/peaks` of order), hop by hop on the way to the money, in its order. */
export const peaks = z.object({
  hops: z.array(hop),
  expectedPaidInMs: number.nullable(), // of an order that is placed now; null while nobody can tell
  promiseMs: number, // no order is taken that would wait for longer
  delayMs: number, // how late the event loop of order is
  shed,
})
export type Peaks = z.infer<typeof peaks>
