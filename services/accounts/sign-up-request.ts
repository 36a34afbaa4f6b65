import { z } from 'zod'
import { languages } from '../../shared/customer-events.ts'
import { emailAddress } from '../../shared/email-address.ts'
import { personName } from '../../shared/person-name.ts'

const PASSWORD_MIN = 8
const PASSWORD_MAX = 200 // more protects nobody, and each letter is hashed

/** Any characters at all: long ones are good ones. */
export const password = z
  .string()
  .min(PASSWORD_MIN, `must have at least ${PASSWORD_MIN} characters`)
  .max(PASSWORD_MAX, `must have at most ${PASSWORD_MAX} characters`)

/** A password that is compared with ours, whatever it is. */
export const givenPassword = z
  .string()
  .min(1, 'must not be empty')
  .max(PASSWORD_MAX, `must have at most ${PASSWORD_MAX} characters`)

/** A number as the gateway wants it, E.164: a plus, the country, at most 15 digits. Blanks and the like are left out. */
export const phone = z
  .string()
  .max(40)
  .transform((text) => text.replace(/[\s()./-]/g, ''))
  .pipe(z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be a phone number with its country, as +49 170 1234567'))

export const language = z.enum(languages)

/** What somebody sends to sign up. */
export const signUpRequest = z.object({
  name: personName,
  email: emailAddress,
  password,
  phone: phone.optional().describe('Where codes and, if wanted, news of orders are sent by SMS'),
  language: language.optional().describe('Of mails and SMS; else what the browser would rather read'),
})

export const signUpHeaders = z.object({
  'Idempotency-Key': z
    .string()
    .max(255)
    .optional()
    .describe('Makes a repetition safe: the same key and body get the same answer, and are one registration.'),
})

export type SignUpRequest = z.infer<typeof signUpRequest>
