import { z } from 'zod'

const address = z.string().nullable()

/** Where mails and SMS of the demo can be read. The pages read this type, too. */
export const standIns = z.object({
  mails: address.describe('The page with the mails; null where they are really sent'),
  phones: address.describe('The page with the phones; null where SMS are really sent'),
})

export type StandIns = z.infer<typeof standIns>
