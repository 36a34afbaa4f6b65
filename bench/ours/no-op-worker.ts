import { openInventory } from '../../services/inventory/db.ts'
import { readConfig } from '../../shared/config.ts'
import { createLogger } from '../../shared/logger.ts'
import { startPipeline } from '../../shared/protocol/pipeline.ts'
import { serve } from '../serve.ts'

// Inventory's list and inbox; only the effects are missing.
const { DATA_DIR: folder, REDIS_URL: redisUrl, LOG_LEVEL: level } = readConfig()
const log = createLogger('no-op', level)
const db = await openInventory(folder)
const nothing = { apply: async () => {} }
const handlers = () => ({ 'order.placed': nothing, 'payment.declined': nothing, 'order.cancelled': nothing })
let pipeline: { stop(): Promise<void> } | undefined

serve({ open: async () => {}, work, rest: async () => pipeline?.stop() }, db.close)

async function work(): Promise<void> {
  pipeline = startPipeline({ service: 'inventory', redisUrl, db, log, handlers })
}
