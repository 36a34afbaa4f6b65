import { setTimeout as delay } from 'node:timers/promises'
import { openOrders } from '../../services/order/db.ts'
import { readConfig } from '../../shared/config.ts'
import { createHealth } from '../../shared/health.ts'
import { createLogger } from '../../shared/logger.ts'
import { newId } from '../../shared/protocol/new-id.ts'
import { push } from '../../shared/protocol/outbox.ts'
import { insertRows, isSettled, type OutboxRow } from '../../shared/protocol/outbox-rows.ts'
import { startProducer } from '../../shared/protocol/producer.ts'
import { createStamps } from '../../shared/protocol/stamps.ts'
import { redisAddressOf } from '../../shared/store/corner.ts'
import { connectCommands, whenReady } from '../../shared/store/redis.ts'
import { withRedis } from '../pipeline/redis.ts'
import { serve } from '../serve.ts'

const CHUNK = 500
const LOOK_EVERY_MS = 20

// Order's outbox, and its settling of what is in there.
const config = readConfig()
const address = redisAddressOf(config)
const health = createHealth(createLogger('no-op', config.LOG_LEVEL))
const db = await openOrders(config.DATA_DIR)

serve({ fill, confirmed }, db.close)

/** Puts messages into the outbox and into the list, as publishing them does. */
function fill(count: number): Promise<void> {
  return withRedis(address.url, async (redis) => {
    for (let left = count; left > 0; left -= CHUNK) {
      const rows = Array.from({ length: Math.min(left, CHUNK) }, newRow)
      await db.write((tx) => insertRows(tx, rows))
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

/** Settles until the outbox is empty. */
async function confirmed(): Promise<void> {
  const redis = connectCommands(address, health)
  await whenReady(redis)
  const producer = startProducer({ service: 'order', address, redis, db, stamps: createStamps(), health })
  while (!(await isSettled(db.read, 'inventory'))) await delay(LOOK_EVERY_MS)
  await producer.stop()
  redis.disconnect()
}
