import { join } from 'node:path'
import { readConfig } from '../../shared/config.ts'
import { createLogger } from '../../shared/logger.ts'
import { start } from '../../simulators/payment-gateway/main.ts'
import { serve } from '../serve.ts'
import { LEDGER } from './calls.ts'

// The gateway of a round in a process of its own, with a limit as Stripe has one. What it refuses is told by its log.
const { DATA_DIR: folder, HOST: host } = readConfig()
const log = createLogger('payment-gateway', 'info')
const gateway = await start({ port: 0, host, ledgerPath: join(folder, LEDGER), log })

serve({ limit, environment }, gateway.close)

async function limit(perSecond: number): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ perSecond })
  const { ok } = await fetch(`${gateway.url}/_switches`, { method: 'POST', headers, body })
  if (!ok) throw new Error('the gateway has no such switch')
}

/** Where services find it. */
async function environment() {
  return { STRIPE_SECRET_KEY: 'sk_test_simulator', STRIPE_API_BASE: gateway.url }
}
