import { z } from 'zod'
import type { CustomerSession } from '../../shared/web/customer-session.ts'
import type { Account } from './accounts.ts'
import { language } from './sign-up-request.ts'

/** What customers are told of their account. */
export const accountAnswer = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  isVerified: z.boolean().describe('A link that was mailed there was followed'),
  phone: z.string().nullable(),
  isPhoneVerified: z.boolean(),
  language,
  orders: z.object({ mail: z.boolean(), sms: z.boolean() }).describe('How news of orders come'),
  isBounced: z.boolean().describe('The last mail came back'),
  isStopped: z.boolean().describe('Somebody has answered STOP to an SMS: the number gets none'),
  until: z.iso.datetime().describe('When this session has to be renewed'),
})

export type AccountAnswer = z.infer<typeof accountAnswer>

export function answerOf(account: Account, { until }: Pick<CustomerSession, 'until'>): AccountAnswer {
  const { id, name, email, phone, language } = account
  return {
    ...{ id, name, email, isVerified: account.verifiedAt !== null },
    ...{ phone, isPhoneVerified: account.phoneVerifiedAt !== null, language },
    orders: { mail: account.ordersByMail === 1, sms: account.ordersBySms === 1 },
    ...{ isBounced: account.bouncedAt !== null, isStopped: account.isStopped === 1 },
    until: new Date(until).toISOString(),
  }
}
