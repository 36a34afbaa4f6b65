import type { Config } from '../../shared/config.ts'
import { createHealth } from '../../shared/health.ts'
import type { Logger } from '../../shared/logger.ts'
import { redisAddressOf } from '../../shared/store/corner.ts'
import { connectCommands, whenReady } from '../../shared/store/redis.ts'
import { createApp, listen } from '../../shared/web/http.ts'
import { isEntry, type Running, runAlone } from '../run.ts'

const SERVICE = 'naive-sale'
const STOCK = 'naive-sale:stock'
const ORDERS = 'naive-sale:orders'

/**
 * Starts a flash sale as one writes it first: whoever buys has the stock looked up, and if there is some, the order is written and
 * the stock with it, one unit less than was read. `POST /open?units=…`, `POST /buy?buyer=…` (201, or 409 when all is sold) and
 * `GET /sold`. What it keeps in Redis goes when it ends.
 */
export async function start(config: Config, log: Logger): Promise<Running> {
  const redis = connectCommands(redisAddressOf(config), createHealth(log))
  await whenReady(redis)
  const app = createApp(log, (routes) => {
    routes.post('/open', async (req, res) => {
      await redis.del(ORDERS)
      await redis.set(STOCK, Number(req.query.units))
      res.json({})
    })
    routes.post('/buy', async (req, res) => {
      const left = Number(await redis.get(STOCK))
      if (left <= 0) return void res.status(409).json({})
      await redis.rpush(ORDERS, String(req.query.buyer))
      await redis.set(STOCK, left - 1)
      res.status(201).json({})
    })
    routes.get('/sold', async (_req, res) => void res.json({ sold: await redis.llen(ORDERS) }))
  })
  const server = await listen(app, config.PORT, config.HOST)
  const close = async () => {
    await Promise.all([STOCK, ORDERS].map((key) => redis.del(key))).catch(() => {}) // Redis is gone, and they with it
    await server.close()
    redis.disconnect()
  }
  return { url: server.url, close }
}

if (isEntry(import.meta.url)) await runAlone(SERVICE, start)
