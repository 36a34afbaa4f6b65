import { z } from 'zod'
import { languages } from '../../../shared/customer-events.ts'
import { emailAddress } from '../../../shared/email-address.ts'
import { alertKind } from '../../../shared/live-events.ts'

/** What somebody sends to be told of a product. */
export const alertRequest = z.object({
  email: emailAddress,
  sku: z.string().trim().min(1, 'must not be empty').max(64),
  kind: alertKind.describe('When it is back in stock, or costs less than it does now'),
  language: z.enum(languages).optional().describe('Of the mails; else what the browser would rather read'),
})

/** What stands behind the # of the link in a mail. */
export const codeRequest = z.object({ code: z.string().trim().min(1, 'must not be empty').max(200) })
