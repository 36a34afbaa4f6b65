import { join } from 'node:path'
import type { Config } from '../../shared/config.ts'
import type { Logger } from '../../shared/logger.ts'
import { createApp, listen } from '../../shared/web/http.ts'
import { start as startGateway } from '../payment-gateway/main.ts'
import { isEntry, type Running, runAlone } from '../run.ts'
import { payAtOnce } from './pay-at-once.ts'

const SERVICE = 'no-queue'

/**
 * Starts a shop that charges while its customer waits, as one writes it first, and a gateway of its own that takes `GATEWAY_RATE`
 * calls a second: `POST /api/orders` answers 201 when it is paid, and 503 when the gateway has no time. Keeps nothing but the gateway's
 * ledger, in `DATA_DIR`.
 */
export async function start({ PORT, HOST, DATA_DIR, GATEWAY_RATE }: Config, log: Logger): Promise<Running> {
  const gateway = await startGateway({ port: 0, host: HOST, ledgerPath: join(DATA_DIR, 'no-queue-ledger.jsonl') })
  await limit(gateway.url, GATEWAY_RATE ?? 0)
  const app = createApp(log, (routes) => {
    routes.post('/api/orders', payAtOnce(gateway.url))
  })
  const server = await listen(app, PORT, HOST)
  const close = async () => {
    await server.close()
    await gateway.close()
  }
  return { url: server.url, close }
}

async function limit(gatewayUrl: string, perSecond: number): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const request = { method: 'POST', headers, body: JSON.stringify({ perSecond }) }
  if (!(await fetch(`${gatewayUrl}/_switches`, request)).ok) throw new Error('the gateway has no such switch')
}

if (isEntry(import.meta.url)) await runAlone(SERVICE, start)
