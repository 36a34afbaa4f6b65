import { z } from 'zod'
import type { Customer } from './new-customer.ts'

const LIMIT_MS = 15_000

const accepted = z.object({ registration: z.string() })

/** The shop's own door, by which everybody comes. */
export function createShopDesk(shopUrl: string) {
  const send = async (path: string, body: object, headers: Record<string, string> = {}): Promise<Response> => {
    const answer = await fetch(shopUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(LIMIT_MS),
    })
    if (!answer.ok) throw new Error(`${path} answers ${answer.status}`)
    return answer
  }
  return {
    /** Resolves with the id of the registration. */
    signUp: async (customer: Customer, language: string): Promise<string> => {
      const answer = await send('/api/accounts', { ...customer, language })
      return accepted.parse(await answer.json()).registration
    },
    /** As its owner would: signs in, and deletes it. */
    remove: async ({ email, password }: Customer): Promise<void> => {
      const entered = await send('/api/account/session', { email, password })
      const cookie = entered.headers
        .getSetCookie()
        .map((one) => one.split(';')[0])
        .join('; ')
      await send('/api/account/delete', { password }, { cookie, 'sec-fetch-site': 'same-origin' })
    },
  }
}
