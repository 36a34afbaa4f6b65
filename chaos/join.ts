import { z } from 'zod'
import { type Answer, askOnce, askUntilAnswered, isBusy, look } from './ask.ts'
import type { Deps } from './customers.ts'
import { limited } from './limited.ts'
import { complain } from './receipts.ts'
import type { SignUp } from './sign-ups.ts'

/**
 * Somebody who is signed in: the account's id, whether its address is known to be proved, the cookies of the session, and
 * the password it was opened with.
 */
export type Member = { account: string; isProved: boolean; cookie: string; password: string }

const MAIL_LIMIT_MS = 60_000 // how long somebody looks for a mail; that it comes at all the auditor sees to
const LINKS_MAX = 5 // that are too old, one after the other: a clock is ahead for some seconds

/**
 * Signs up, proves the address by the link in the mail, signs in, and whatever else they have a mind to. Resolves with who
 * they are then; null when they could not be told.
 */
export async function join(signUp: SignUp, deps: Deps): Promise<Member | null> {
  const { form, again, key, isRepeated, isVerifying } = signUp
  const [mine] = await Promise.all([register(form, key, deps), ...(isRepeated ? [register(form, key, deps)] : [])])
  if (mine === null) return null
  if (again !== null) await register(again, `${key}-again`, deps)
  const isProved = isVerifying && (await verify(signUp, deps))
  const password = signUp.isResetting ? await reset(signUp, deps) : form.password
  const member = await signIn(form.email, password, deps)
  if (member === null) return null
  if (isProved) deps.receipts.verified.add(member.account)
  if (again !== null && again.password !== form.password) await requireRefused(form.email, again.password, deps)
  if (signUp.wantsSms) await provePhone(signUp, member, deps)
  return { ...member, isProved }
}

/** Deletes the account. */
export async function leave({ account, cookie, password }: Member, deps: Deps): Promise<void> {
  const answer = await post('/api/account/delete', { password }, { cookie }, deps)
  // Who asks again, for no answer came, is not signed in any more.
  if (answer?.status === 204) deps.receipts.deleted.add(account)
  else if (answer !== null && answer.status !== 401) complainOf('a deletion', answer, deps)
}

const taken = z.object({ registration: z.string() })

/** Resolves with the id of the sign-up; what is asked again under its key is the same one. */
async function register(form: SignUp['form'], key: string, deps: Deps): Promise<string | null> {
  const answer = await post('/api/accounts', form, { 'idempotency-key': key }, deps)
  if (answer === null) return null
  if (answer.status !== 202) return complainOf('a sign-up', answer, deps)
  const { registration } = taken.parse(JSON.parse(answer.text))
  const before = deps.receipts.signUps.get(key) ?? registration
  if (before !== registration) complain(deps.receipts, `${key} stands for two sign-ups: ${before} and ${registration}`)
  deps.receipts.signUps.set(key, registration)
  return registration
}

/** True when the address is proved. A link works once, however often and however fast it is followed. */
async function verify({ form, isHasty }: SignUp, deps: Deps): Promise<boolean> {
  const token = await deps.boxes.linkTo(form.email, 'verify', limited(deps.signal, MAIL_LIMIT_MS))
  if (token === null) return false
  const follow = () => follows(token, form.password, deps)
  const told = await Promise.all(isHasty ? [follow(), follow()] : [follow()])
  const works = told.filter((status) => status === 200).length
  if (works > 1) complain(deps.receipts, `a link to ${form.email} has worked ${works} times`)
  return works > 0
}

async function follows(token: string, password: string, deps: Deps): Promise<number> {
  const answer = await post('/api/accounts/verify', { token, password }, {}, deps)
  const isKnown = answer === null || [200, 409].includes(answer.status)
  if (!isKnown) complainOf('a link', answer, deps)
  return answer?.status ?? 0
}

/**
 * Resolves with the password that holds from now on. A link is good for an hour: by a clock that is ahead it is too old, and
 * then, as they are told, they have another one sent.
 */
async function reset(signUp: SignUp, deps: Deps, tooOld: ReadonlySet<string> = new Set()): Promise<string> {
  const { email, password } = signUp.form
  const next = `${password}, anew`
  const asked = await post('/api/accounts/reset', { email }, {}, deps)
  if (asked !== null && asked.status !== 202) complainOf('a reset', asked, deps)
  const token = await deps.boxes.linkTo(email, 'reset', limited(deps.signal, MAIL_LIMIT_MS), tooOld)
  if (token === null) return password
  const answer = await post('/api/accounts/reset/confirm', { token, password: next }, {}, deps)
  // Who asks again, for no answer came, hears that it was used, and tries which of the two passwords it is.
  if (answer === null || answer.status === 204 || answer.status === 409) return next
  const isTooOld = answer.status === 404 && !deps.areClocksRight && tooOld.size < LINKS_MAX
  if (isTooOld) return reset(signUp, deps, new Set([...tooOld, token]))
  complainOf('a new password', answer, deps)
  return password
}

const me = z.object({ id: z.string() })

async function signIn(email: string, password: string, deps: Deps): Promise<Member | null> {
  const answer = await post('/api/account/session', { email, password }, {}, deps)
  if (answer === null) return null
  if (answer.status !== 200) return complainOf(`signing in as ${email}`, answer, deps)
  const found = z.object({ account: me }).parse(JSON.parse(answer.text))
  return { account: found.account.id, isProved: false, cookie: answer.cookie, password }
}

async function requireRefused(email: string, password: string, deps: Deps): Promise<void> {
  const answer = await post('/api/account/session', { email, password }, {}, deps)
  if (answer !== null && answer.status !== 401) complainOf(`a stranger, signing in as ${email},`, answer, deps)
}

/** The code comes by SMS, or by mail where that could not be delivered. */
async function provePhone({ form }: SignUp, { account, cookie }: Member, deps: Deps): Promise<void> {
  const code = await deps.boxes.codeFor(form.phone ?? '', form.email, limited(deps.signal, MAIL_LIMIT_MS))
  if (code === null) return
  const answer = await post('/api/account/phone/verify', { code }, { cookie }, deps)
  if (answer?.status === 200) deps.receipts.phoned.add(account)
  const told = await look(`${deps.url()}/api/account`, { cookie }, me)
  if (told !== null && told.id !== account) complain(deps.receipts, `${account} was taken for ${told.id}`)
  await post('/api/account', { orders: { sms: true } }, { cookie }, deps)
}

/** Posts until it is answered; null when told to stop before. */
async function post(path: string, body: object, own: Record<string, string>, deps: Deps): Promise<Answer | null> {
  const { url, signal, receipts } = deps
  if (signal.aborted) return null
  const ask = () => askOnce(`${url()}${path}`, body, { ...own, origin: new URL(url()).origin })
  const answer = await askUntilAnswered(ask, signal, isBusy, () => receipts.retried++)
  if (answer === null) receipts.givenUp++
  return answer
}

function complainOf(what: string, { status, text }: Answer, { receipts }: Deps): null {
  complain(receipts, `${what} was answered with ${status}: ${text}`)
  return null
}
