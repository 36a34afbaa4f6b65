import { z } from 'zod'

/** What a customer reads: mails, SMS and pages. */
export const languages = ['en', 'zh'] as const
export const language = z.enum(languages)
const person = { name: z.string(), email: z.string(), language }
/** Encrypted, for events are kept for weeks: only its receiver can open it (`shared/sealed.ts`). */
const sealed = z.string().min(1)
/** Which SMS it is: a code that proves a number, that somebody has signed up with it once more, or how an order stands. */
export const smsKind = z.enum(['code', 'known', 'order'])

export type Language = (typeof languages)[number]
export type SmsKind = z.infer<typeof smsKind>

/** What the events about customers carry, and those about the mails and SMS that are sent to them. */
export const customerEvents = {
  // Subjects of customer events are ids of accounts, but of the first three: of registrations. That of an account has its id;
  // whoever signs up with an address that has one is told so by mail, and only there.
  'customer.registered': z.object({ ...person, isKnown: z.boolean(), link: sealed }),
  'customer.linkAsked': z.object({ ...person, kind: z.enum(['verify', 'reset']), link: sealed }),
  'customer.phoneAdded': z.object({ ...person, phone: z.string(), kind: smsKind, code: sealed.optional() }),
  'customer.verified': z.object({ email: z.string() }),
  // All of it each time; of two the one with the higher revision holds.
  'customer.preferred': z.object({
    ...person,
    ...{ revision: z.int().positive(), phone: z.string().nullable() },
    orders: z.object({ mail: z.boolean(), sms: z.boolean() }),
  }),
  // One session, or all that began before `at`. Nobody has to remember it after `until`, when their tokens are over (ms).
  'customer.signedOut': z.object({ session: z.string().nullable(), at: z.int(), until: z.int() }),
  'customer.deleted': z.object({ email: z.string() }), // '' where it was never proved
  // Of mails and SMS about accounts, not about orders.
  'mail.sent': z.object({ kind: z.string() }),
  'mail.bounced': z.object({ email: z.string(), reason: z.string() }),
  'sms.due': z.object({ ...person, phone: z.string(), kind: smsKind, order: z.string(), state: z.string() }),
  'sms.sent': z.object({ kind: smsKind, phone: z.string() }),
  'sms.failed': z.object({
    kind: smsKind,
    phone: z.string(),
    sid: z.string().nullable(),
    code: z.int().nullable(),
    reason: z.string(),
    sms: z.string().optional(), // the id of the event that asked for it
  }),
  'sms.stopped': z.object({ phone: z.string(), isStopped: z.boolean() }),
}
