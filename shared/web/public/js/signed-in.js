import { get, post, Refusal, serverNow } from './api.js'

/**
 * Whoever is signed in here. `until` is when the token ends that every service knows them by.
 * @typedef {{ id: string, name: string, email: string, isVerified: boolean, until: string | number } & Reached} Account
 * @typedef {{ phone: string | null, isPhoneVerified: boolean, language: 'en' | 'zh', orders: { mail: boolean, sms: boolean } } & Trouble} Reached
 * @typedef {{ isBounced: boolean, isStopped: boolean }} Trouble
 */

const KEY = 'signed-in'
const FRESH_MS = 50 * 60_000 // a token that holds for less is renewed
const LOOK_MS = 60_000
const PATIENCE_MS = 2_000

/** @type {Promise<Account | null> | null} one question for all that a page wants to know */
let asked = null

/**
 * The name of whoever has signed in with this browser, null where nobody has. Their cookies no page can see; so this is
 * noted beside them, and where it is not, nobody is asked.
 */
export const nameHere = () => localStorage.getItem(KEY)

/** Who is signed in; rejects while nobody can tell. @returns {Promise<Account | null>} */
export function whoIsHere() {
  if (nameHere() === null) return Promise.resolve(null)
  asked ??= ask()
  return asked
}

/** Notes who has just signed in, or what they have changed about themselves. */
export function welcome(/** @type {Account} */ account) {
  localStorage.setItem(KEY, account.name)
  asked = Promise.resolve(account)
}

/** Notes that nobody is signed in any more. */
export function forget() {
  localStorage.removeItem(KEY)
  asked = null
}

/** Renews the token for as long as a page is looked at. */
export function keepSignedIn() {
  const look = () => void (document.hidden || freshen())
  document.addEventListener('visibilitychange', look)
  setInterval(look, LOOK_MS)
  look()
}

/**
 * Sees to it that what comes next is done by whoever is signed in: a token is renewed when it is old. Waits for a moment
 * at most, and never rejects: without accounts an order is still taken.
 */
export async function freshen() {
  const renewed = whoIsHere().then((account) => {
    if (account !== null && new Date(account.until).getTime() - serverNow() < FRESH_MS) asked = renew()
    return asked
  })
  const moment = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))
  await Promise.race([renewed.catch(() => null), moment])
}

/** Whoever calls `onLeave` hears of it when somebody signs out in another tab. */
export function onLeave(/** @type {() => void} */ listener) {
  addEventListener('storage', ({ key, newValue }) => {
    if ((key === KEY || key === null) && newValue === null) listener()
  })
}

/** @returns {Promise<Account | null>} */
async function ask() {
  try {
    const account = await get('/api/account')
    localStorage.setItem(KEY, account.name)
    return account
  } catch (error) {
    if (isSignedOut(error)) return renew()
    asked = null // it may be told the next time
    throw error
  }
}

/** @returns {Promise<Account | null>} */
async function renew() {
  try {
    const { account } = await post('/api/account/session/renew')
    localStorage.setItem(KEY, account.name)
    return account
  } catch (error) {
    asked = null
    if (!isSignedOut(error)) throw error
    forget()
    return null
  }
}

const isSignedOut = (/** @type {unknown} */ error) => error instanceof Refusal && error.status === 401
