import { setTimeout as delay } from 'node:timers/promises'
import { openInventory } from '../../services/inventory/db.ts'
import { openOrders } from '../../services/order/db.ts'
import { readConfig } from '../../shared/config.ts'
import { createLogger } from '../../shared/logger.ts'
import { newId } from '../../shared/new-id.ts'
import { insertRows, type OutboxRow, push } from '../../shared/outbox.ts'
import { startPipeline } from '../../shared/pipeline.ts'
import { startProducer } from '../../shared/producer.ts'
import { connectCommands, whenReady } from '../../shared/redis.ts'
import { withRedis } from '../pipeline-redis.ts'
import { serve } from '../serve.ts'

const CHUNK = 500
const LOOK_EVERY_MS = 5

// Order's outbox, inventory's list and inbox, and the whole protocol between them; only the effects are missing.
const { DATA_DIR: folder, REDIS_URL: redisUrl, LOG_LEVEL: level } = readConfig()
const log = createLogger('no-op', level)
const sender = await openOrders(folder)
const receiver = await openInventory(folder)
const nothing = { apply: async () => {} }

serve({ fill, drain }, async () => {
  await sender.close()
  await receiver.close()
})

/** Puts messages into the outbox and into the list, as publishing them does. */
function fill(count: number): Promise<void> {
  return withRedis(redisUrl, async (redis) => {
    for (let left = count; left > 0; left -= CHUNK) {
      const rows = Array.from({ length: Math.min(left, CHUNK) }, newRow)
      await sender.write((tx) => insertRows(tx, rows))
      await push(redis, rows)
    }
  })
}

function newRow(): OutboxRow {
  const now = Date.now()
  const event = { name: 'order.cancelled', orderId: newId(), at: now, data: '{"number":"OL-1000001"}' }
  const fresh = { traceparent: null, attempt: 1, stamp: now, pushes: 1, crashes: 0 }
  return { id: newId(), queue: 'inventory', ...event, ...fresh }
}

/** Works until the outbox is empty; answers with how long that took (ms). */
async function drain(count: number): Promise<number> {
  const redis = connectCommands(redisUrl, log)
  await whenReady(redis)
  const startMs = performance.now()
  const producer = startProducer({ service: 'order', redisUrl, redis, db: sender, log })
  const handlers = () => ({ 'order.placed': nothing, 'payment.declined': nothing, 'order.cancelled': nothing })
  const pipeline = startPipeline({ service: 'inventory', redisUrl, db: receiver, log, handlers })
  while (pipeline.worker.state().handled < count || (await isAnyLeft())) await delay(LOOK_EVERY_MS)
  const tookMs = performance.now() - startMs
  await pipeline.stop()
  await producer.stop()
  redis.disconnect()
  return tookMs
}

async function isAnyLeft(): Promise<boolean> {
  return (await sender.read.outbox.findFirst({ select: { id: true } })) !== null
}
