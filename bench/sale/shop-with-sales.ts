import { type Desk, startDesk } from '../desk.ts'

/** `door` is where its sales are. */
export type SaleShop = Desk & { door: string }

export async function startSaleShop(folder: string, more: Record<string, string> = {}): Promise<SaleShop> {
  const desk = await startDesk(folder, more)
  const door = desk.shop.doors.get('sale')
  if (door !== undefined) return { ...desk, door }
  await desk.shop.stop()
  throw new Error('the shop does not say where its sales are')
}
