import { createLogger, type Logger } from '../../shared/logger.ts'
import { createApp, listen } from '../../shared/web/http.ts'
import { isEntry, type Running, runAlone } from '../run.ts'

const SERVICE = 'sms-gateway'

type Options = { port: number; host: string; log?: Logger }

/** Starts the stand-in for Twilio. Port 0 takes a free one; without `log` it is silent. */
export async function start({ port, host, log = createLogger(SERVICE, 'silent') }: Options): Promise<Running> {
  const app = createApp(log, (routes) => {
    routes.get('/healthz', (_req, res) => void res.json({ status: 'ok' }))
  })
  const server = await listen(app, port, host)
  return { url: server.url, close: () => server.close() }
}

if (isEntry(import.meta.url)) await runAlone(SERVICE, ({ PORT: port, HOST: host }, log) => start({ port, host, log }))
