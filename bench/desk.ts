import { randomBytes } from 'node:crypto'
import { type Shop, startShop } from './shop.ts'

/** The whole shop of `npm start`, and what its admin may ask of it. */
export type Desk = {
  shop: Shop
  /** Sends JSON to a path at the shop's address; an answer that is no 2xx throws. Resolves with what it says. */
  admin(method: string, path: string, body: object, idempotencyKey: string): Promise<unknown>
}

export async function startDesk(folder: string, more: Record<string, string> = {}): Promise<Desk> {
  const token = randomBytes(16).toString('hex')
  const shop = await startShop(folder, { ADMIN_TOKEN: token, ...more })
  const admin = async (method: string, path: string, body: object, idempotencyKey: string): Promise<unknown> => {
    const headers = {
      ...{ 'content-type': 'application/json', authorization: `Bearer ${token}` },
      'idempotency-key': idempotencyKey,
    }
    const response = await fetch(shop.url + path, { method, headers, body: JSON.stringify(body) })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`)
    return text === '' ? null : JSON.parse(text)
  }
  return { shop, admin }
}
