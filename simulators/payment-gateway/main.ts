import { dirname, join, resolve } from 'node:path'
import type { Config } from '../../shared/config.ts'
import { createLogger, type Logger } from '../../shared/logger.ts'
import { createApp, type Express, listen } from '../../shared/web/http.ts'
import { isEntry, type Running, runAlone } from '../run.ts'
import { mountSwitches } from '../switches.ts'
import { stripeRoutes } from './api/stripe-routes.ts'
import { Clockwork } from './clockwork.ts'
import { dashboardRoutes } from './dashboard-routes.ts'
import { type Ledger, openLedger } from './ledger.ts'
import { pageRoutes } from './pages/page-routes.ts'
import { allWell, changes, type Switches } from './switches.ts'
import type { Endpoint } from './webhooks/post.ts'
import { WebhookSender } from './webhooks/send-webhooks.ts'

const SERVICE = 'payment-gateway'

/** `pagesUrl`: where people find the pages; else where it listens. `endpoint`: where webhooks go; else nobody is told. */
type Options = { port: number; host: string; ledgerPath: string; pagesUrl?: string; endpoint?: Endpoint; log?: Logger }

/**
 * Starts the stand-in for Stripe: the API under `/v1`, its pages under `/pay` and `/challenge`, `/_dashboard`, `/_switches`,
 * `/_ledger` and `/healthz`. Port 0 takes a free one; without `log` it is silent. Throws when the ledger cannot be loaded or the port is
 * taken.
 */
export async function start({ port, host, ledgerPath, pagesUrl, endpoint, log = silent() }: Options): Promise<Running> {
  const ledger = await openLedger(ledgerPath)
  const switches = allWell()
  const place = { base: pagesUrl ?? '' }
  const webhooks = endpoint && senderTo(endpoint, { ledger, switches, log, base: () => place.base }, ledgerPath)
  const deps = { ledger, switches, locks: new Set<string>(), log, place, webhooks }
  const app = createApp(log, (routes) => {
    routes.set('query parser', 'extended')
    routes.use('/v1', stripeRoutes(deps))
    routes.use(pageRoutes(deps))
    routes.use('/_dashboard', dashboardRoutes(deps))
    mountSwitches<Switches>(routes, switches, changes)
    mountLedger(routes, ledger)
  })
  const server = await listen(app, port, host)
  place.base ||= server.url
  const clockwork = new Clockwork(deps)
  await webhooks?.start()
  const close = async () => {
    await server.close()
    clockwork.stop()
    await webhooks?.stop()
    await ledger.close()
  }
  return { url: server.url, close }
}

function senderTo(endpoint: Endpoint, deps: ConstructorParameters<typeof WebhookSender>[0], ledgerPath: string) {
  return new WebhookSender(deps, endpoint, join(dirname(ledgerPath), 'payment-webhooks.json'))
}

function mountLedger(app: Express, ledger: Ledger): void {
  app.get('/_ledger', ({ query: { orderId } }, res) => {
    res.json(ledger.list(typeof orderId === 'string' ? orderId : undefined))
  })
  app.get('/healthz', (_req, res) => void res.json({ status: 'ok' }))
}

function endpointIn({ WEBHOOK_URL: url, STRIPE_WEBHOOK_SECRET: secrets }: Config): { endpoint?: Endpoint } {
  return url === undefined || secrets === undefined ? {} : { endpoint: { url, secrets } }
}

const silent = () => createLogger(SERVICE, 'silent')

if (isEntry(import.meta.url)) {
  await runAlone(SERVICE, (config, log) => {
    const { PORT: port, HOST: host, DATA_DIR: folder, GATEWAY_PAGES_URL: pagesUrl } = config
    return start({
      ...{ port, host, ledgerPath: resolve(folder, 'payment-ledger.jsonl'), log, ...endpointIn(config) },
      ...(pagesUrl !== undefined && { pagesUrl }),
    })
  })
}
