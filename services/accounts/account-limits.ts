import { mailboxOf } from '../../shared/email-address.ts'
import type { Logger } from '../../shared/logger.ts'
import { clientOf } from '../../shared/web/client-address.ts'
import type { Request } from '../../shared/web/http.ts'
import { createRateLimit, type Policy } from '../../shared/web/rate-limit.ts'
import { createTeller } from '../../shared/web/tell-refused.ts'

/**
 * What keeps one from trying all passwords and codes, and from having mails and SMS sent to strangers. Each throws a 429
 * when this is more than one may ask for; whether there is such an account makes no difference.
 */
export type AccountLimits = {
  /** With a number an SMS goes there, too. */
  signUp(req: Request, email: string, phone: string | undefined): Promise<void>
  /** Also for whoever has to give the password once more. */
  signIn(req: Request, email: string): Promise<void>
  /** A mail with a link. */
  askLink(req: Request, email: string): Promise<void>
  /** A new password by such a link, for each is a digest to be made. */
  confirm(req: Request): Promise<void>
  askCode(req: Request, account: string, phone: string): Promise<void>
  tryCode(account: string): Promise<void>
}

const MINUTE = 60
const HOUR = 3_600
const DAY = 24 * HOUR

/** Of each kind what no honest customer needs. One address may be a whole office. */
const POLICIES = {
  signUps: { name: 'sign-ups', quota: 30, windowS: HOUR, refusal: 'Too many have signed up from your address.' },
  mails: { name: 'account-mails', quota: 6, windowS: HOUR, refusal: 'Too many mails for this e-mail.' },
  links: { name: 'links', quota: 30, windowS: HOUR, refusal: 'Too many links were asked for from your address.' },
  signIns: { name: 'sign-ins', quota: 60, windowS: 15 * MINUTE, refusal: 'Too many sign-ins from your address.' },
  perAccount: { name: 'sign-ins-per-account', quota: 20, windowS: 15 * MINUTE, refusal: 'Too many sign-ins.' },
  codes: { name: 'codes', quota: 5, windowS: HOUR, refusal: 'Too many codes were asked for.' },
  perPhone: { name: 'codes-per-phone', quota: 10, windowS: DAY, refusal: 'Too many SMS for this number.' },
  tries: { name: 'code-tries', quota: 20, windowS: HOUR, refusal: 'Too many codes were tried.' },
} satisfies Record<string, Policy>

/** Counts in memory, so per process: a restart forgets. Refusals are told in the log. */
export function createAccountLimits(log: Logger): AccountLimits {
  const limit = (policy: Policy) => {
    const { take } = createRateLimit(policy)
    const tell = createTeller(log, 'account.limited') // of its own, for one limit must not hide the others
    return (key: string, client?: string) =>
      take(key).catch((refusal: unknown) => {
        tell({ limit: policy.name, ...(client !== undefined && { address: client }) })
        throw refusal
      })
  }
  const [signUps, mails, links] = [limit(POLICIES.signUps), limit(POLICIES.mails), limit(POLICIES.links)]
  const [signIns, perAccount] = [limit(POLICIES.signIns), limit(POLICIES.perAccount)]
  const [codes, perPhone, tries] = [limit(POLICIES.codes), limit(POLICIES.perPhone), limit(POLICIES.tries)]
  const both = async (perClient: typeof mails, other: typeof mails, req: Request, key: string) => {
    await perClient(clientOf(req), clientOf(req))
    await other(key, clientOf(req))
  }
  return {
    signUp: async (req, email, phone) => {
      await both(signUps, mails, req, mailboxOf(email))
      if (phone !== undefined) await perPhone(phone, clientOf(req))
    },
    signIn: (req, email) => both(signIns, perAccount, req, mailboxOf(email)),
    askLink: (req, email) => both(links, mails, req, mailboxOf(email)),
    confirm: (req) => links(clientOf(req), clientOf(req)),
    askCode: async (req, account, phone) => {
      await codes(account, clientOf(req))
      await perPhone(phone, clientOf(req))
    },
    tryCode: (account) => tries(account),
  }
}

/** Where nobody is limited. */
export const noLimits: AccountLimits = {
  signUp: async () => {},
  signIn: async () => {},
  askLink: async () => {},
  confirm: async () => {},
  askCode: async () => {},
  tryCode: async () => {},
}
