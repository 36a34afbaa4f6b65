import { randomBytes } from 'node:crypto'
import { type Shop, startShop } from '../shop.ts'
import type { Desk } from './announce.ts'

export type SaleShop = { shop: Shop; desk: Desk }

/** The whole shop of `npm start`, with the token that its admin has, and the door of its sales. */
export async function startSaleShop(folder: string, more: Record<string, string> = {}): Promise<SaleShop> {
  const adminToken = randomBytes(16).toString('hex')
  const shop = await startShop(folder, { ADMIN_TOKEN: adminToken, ...more })
  const door = shop.doors.get('sale')
  if (door !== undefined) return { shop, desk: { door, adminToken } }
  await shop.stop()
  throw new Error('the shop does not say where its sales are')
}
