import { z } from 'zod'
import { asideOf, type Queue, services } from '../../../shared/routes.ts'

/** What may go out by itself: what comes from a service's list, or from its list aside. */
const lists: Queue[] = services.flatMap((service) => [service, ...asideOf(service)])

export const listed = z.enum(lists)

/** The pace of one way out, as its service tells it. */
export const pace = z.object({
  list: listed,
  perSecond: z.number().nullable(),
  byDefault: z.number().nullable(),
  isSet: z.boolean(),
})

/** The same in the words of the API. */
export const paceAnswer = z.object({
  service: listed.describe('Whose calls to the world outside it is; of what goes aside, SMS, with :aside'),
  perSecond: z.number().nullable().describe('Calls a second, by all its workers; null: as many as there are'),
  byDefault: z.number().nullable().describe('What its environment says: GATEWAY_RATE, MAIL_RATE, SMS_RATE'),
  isSet: z.boolean().describe('Whether the admin has set it'),
})

export const answerOf = ({ list: service, ...told }: z.infer<typeof pace>): z.infer<typeof paceAnswer> => ({
  service,
  ...told,
})
