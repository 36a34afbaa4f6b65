import { openInventory } from '../../services/inventory/db.ts'
import { readConfig } from '../../shared/config.ts'
import { createHealth } from '../../shared/health.ts'
import { createLogger } from '../../shared/logger.ts'
import { startPipeline } from '../../shared/protocol/pipeline.ts'
import { redisAddressOf } from '../../shared/store/corner.ts'
import { serve } from '../serve.ts'

// Inventory's list and inbox; only the effects are missing.
const config = readConfig()
const health = createHealth(createLogger('no-op', config.LOG_LEVEL))
const db = await openInventory(config.DATA_DIR)
const nothing = { apply: async () => {} }
const orders = { 'order.placed': nothing, 'order.expired': nothing, 'order.cancelled': nothing }
const handlers = () => ({ ...orders, 'sale.announced': nothing, 'sale.spared': nothing })
let pipeline: { stop(): Promise<void> } | undefined

serve({ open: async () => {}, work, rest: async () => pipeline?.stop() }, db.close)

async function work(): Promise<void> {
  pipeline = await startPipeline({ service: 'inventory', address: redisAddressOf(config), db, health, handlers })
}
