import { z } from 'zod'
import { rowsIn, whenAtRest } from '../order-books.ts'
import { type Process, startProcess } from '../process.ts'
import { descendantsOf } from '../usage.ts'
import { announceSale } from './announce.ts'
import { startSaleShop } from './shop-with-sales.ts'
import type { Place, Stage } from './stage.ts'
import type { Heard } from './words.ts'

const PAY_WITHIN_MS = 120_000 // longer than a buyer is patient
const WORKERS = ['sale', 'order', 'inventory', 'payment'] // each in its turn

/** The whole shop of `npm start`, whose launcher starts again what is killed. */
export async function ourStage({ folder, redis, units }: Place): Promise<Stage> {
  const { shop, admin, door } = await startSaleShop(folder, { REDIS_URL: redis.url })
  const buyers = await startProcess('sale/buyers.js', {})
  const saleUrl = `${door}/api/sales/${await announceSale(door, admin, { units, payWithinMs: PAY_WITHIN_MS })}`
  let kills = 0
  return {
    come: (crowd) => buyers.ask<Heard[]>('ours', { crowd, saleUrl, shopUrl: shop.url }),
    lookAgain: () => buyers.ask<Heard[]>('lookAgain'),
    killWorker: () => kill(shop.pid, `/services/${WORKERS[kills++ % WORKERS.length]}/main.js`),
    soldTo: () => soldTo(folder),
    close: () => closeAll(buyers, shop),
  }
}

/** The one that is just being started again is not there to be killed. */
async function kill(shopPid: number, command: string): Promise<void> {
  const found = (await descendantsOf(shopPid)).find((one) => !one.isGone && one.command.includes(command))
  if (found !== undefined) process.kill(found.pid, 'SIGKILL')
}

async function closeAll(buyers: Process, shop: { stop(): Promise<void> }): Promise<void> {
  await buyers.stop()
  await shop.stop()
}

const PAID = `SELECT "customerEmail" AS email FROM "Order" WHERE sale IS NOT NULL AND state = 'paid'`
const buyer = z.object({ email: z.string() }).transform(({ email }) => Number(/\.(\d+)@/.exec(email)?.[1]))

async function soldTo(folder: string): Promise<number[]> {
  await whenAtRest(folder)
  return rowsIn(folder, buyer, PAID)
}
