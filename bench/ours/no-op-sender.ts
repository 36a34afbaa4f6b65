import { setTimeout as delay } from 'node:timers/promises'
import { openOrders } from '../../services/order/db.ts'
import { readConfig } from '../../shared/config.ts'
import { createHealth } from '../../shared/health.ts'
import { queueKey } from '../../shared/keys.ts'
import { createLogger } from '../../shared/logger.ts'
import { append, storable } from '../../shared/protocol/event-store.ts'
import { newId } from '../../shared/protocol/new-id.ts'
import { insertRows, isSettled } from '../../shared/protocol/outbox-rows.ts'
import { startProducer } from '../../shared/protocol/producer.ts'
import { createStamps } from '../../shared/protocol/stamps.ts'
import { WINDOW } from '../../shared/protocol/window-size.ts'
import { redisAddressOf } from '../../shared/store/corner.ts'
import { connectCommands, whenReady } from '../../shared/store/redis.ts'
import { whenListsHold } from '../pipeline/redis.ts'
import { serve } from '../serve.ts'

const CHUNK = 500
const LOOK_EVERY_MS = 20
const QUEUE = 'inventory'

// Order's outbox: what waits in it, what it pushes to the list, and its settling of what was answered.
const config = readConfig()
const address = redisAddressOf(config)
const health = createHealth(createLogger('no-op', config.LOG_LEVEL))
const db = await openOrders(config.DATA_DIR)
const redis = connectCommands(address, health)
await whenReady(redis)
const producer = await startProducer({ service: 'order', address, redis, db, stamps: createStamps(), health })

serve({ fill, confirmed }, close)

/** Puts messages into the outbox, and as many of them into the list as go there. */
async function fill(count: number): Promise<void> {
  for (let left = count; left > 0; left -= CHUNK) await insert(Math.min(left, CHUNK))
  producer.nudge(QUEUE)
  await whenListsHold(redis, [queueKey(QUEUE)], Math.min(count, WINDOW))
}

async function insert(count: number): Promise<void> {
  const data = { number: 'OL-1000001' }
  const events = Array.from({ length: count }, () => storable({ name: 'order.cancelled', subject: newId(), data }))
  await db.write(async (tx) => {
    const seqs = [...(await append(tx, events)).values()]
    await insertRows(
      tx,
      seqs.map((event) => ({ event, queue: QUEUE, stamp: 0, enqueuedAt: Date.now() })),
    )
  })
}

/** Settles until the outbox is empty. */
async function confirmed(): Promise<void> {
  while (!(await isSettled(db.read, QUEUE))) await delay(LOOK_EVERY_MS)
}

async function close(): Promise<void> {
  await producer.stop()
  redis.disconnect()
  await db.close()
}
