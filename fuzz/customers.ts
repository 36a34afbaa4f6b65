import { z } from 'zod'
import type { Route } from './document.ts'

/** Two people with accounts: one stays signed in, the other is who signs out, everywhere too. */
export type Customers = {
  /** The cookies to show to a route. */
  cookieFor(route: Pick<Route, 'method' | 'path'>): string
  /** The second one signs in again; while too many do, nothing changes. */
  refresh(): Promise<void>
}

const [STAYS, LEAVES] = ['stays@example.com', 'leaves@example.com']
const PASSWORD = 'a password that nobody guesses'

/** Signs both up and in, at the shop's address. Throws when the first one is not let in. */
export async function createCustomers(url: string): Promise<Customers> {
  for (const email of [STAYS, LEAVES])
    await post(`${url}/api/accounts`, { name: 'Ada', email, password: PASSWORD, phone: '+491701234567' })
  const stays = await signIn(url, STAYS)
  if (stays === null) throw new Error('nobody is let in')
  let leaves = (await signIn(url, LEAVES)) ?? stays
  return {
    cookieFor: ({ method, path }) => (method === 'DELETE' && path.startsWith('/api/account/session') ? leaves : stays),
    refresh: async () => {
      leaves = (await signIn(url, LEAVES)) ?? leaves
    },
  }
}

async function signIn(url: string, email: string): Promise<string | null> {
  const { status, headers } = await post(`${url}/api/account/session`, { email, password: PASSWORD })
  if (status !== 200) return null
  const cookies = headers.getSetCookie().map((cookie) => z.string().parse(cookie.split(';', 1)[0]))
  return cookies.join('; ')
}

function post(url: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(5_000) })
}
