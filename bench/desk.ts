import { randomBytes } from 'node:crypto'
import { type Shop, startShop } from './shop.ts'

/** Sends JSON to a path, as the admin does; an answer that is no 2xx throws. Resolves with what it says. */
export type Admin = (method: string, path: string, body: object, idempotencyKey: string) => Promise<unknown>

/** The whole shop of `npm start`, and what its admin may ask of it. */
export type Desk = { shop: Shop; admin: Admin }

export async function startDesk(folder: string, more: Record<string, string> = {}): Promise<Desk> {
  const token = randomBytes(16).toString('hex')
  const shop = await startShop(folder, { ADMIN_TOKEN: token, ...more })
  return { shop, admin: adminAt(shop.url, token) }
}

/** The admin of a shop at its address, or of one service at its own. */
export function adminAt(url: string, token: string): Admin {
  return async (method, path, body, idempotencyKey) => {
    const headers = {
      ...{ 'content-type': 'application/json', authorization: `Bearer ${token}` },
      'idempotency-key': idempotencyKey,
    }
    const response = await fetch(url + path, { method, headers, body: JSON.stringify(body) })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`)
    return text === '' ? null : JSON.parse(text)
  }
}
