import { resolve } from 'node:path'
import { createLogger, type Logger } from '../../shared/logger.ts'
import { createApp, type Express, listen } from '../../shared/web/http.ts'
import { isEntry, type Running, runAlone } from '../run.ts'
import { mountSwitches } from '../switches.ts'
import { type Ledger, openLedger } from './ledger.ts'
import { stripeRoutes } from './stripe-routes.ts'
import { allWell, changes } from './switches.ts'

const SERVICE = 'payment-gateway'

type Options = { port: number; host: string; ledgerPath: string; log?: Logger }

/**
 * Starts the stand-in for Stripe: the API under `/v1`, `/_switches`, `/_ledger` and `/healthz`. Port 0 takes a
 * free one; without `log` it is silent. Throws when the ledger cannot be loaded or the port is taken.
 */
export async function start({ port, host, ledgerPath, log = silent() }: Options): Promise<Running> {
  const ledger = await openLedger(ledgerPath)
  const switches = allWell()
  const app = createApp(log, (routes) => {
    routes.use('/v1', stripeRoutes({ ledger, switches, log }))
    mountSwitches(routes, switches, changes)
    mountLedger(routes, ledger)
  })
  const server = await listen(app, port, host)
  return { url: server.url, close: () => server.close().then(ledger.close) }
}

function mountLedger(app: Express, ledger: Ledger): void {
  app.get('/_ledger', ({ query: { orderId } }, res) => {
    res.json(ledger.list(typeof orderId === 'string' ? orderId : undefined))
  })
  app.get('/healthz', (_req, res) => void res.json({ status: 'ok' }))
}

const silent = () => createLogger(SERVICE, 'silent')

if (isEntry(import.meta.url)) {
  await runAlone(SERVICE, ({ PORT, HOST, DATA_DIR }, log) =>
    start({ port: PORT, host: HOST, ledgerPath: resolve(DATA_DIR, 'payment-ledger.jsonl'), log }),
  )
}
