import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { createLogger, type Logger } from '../../shared/logger.ts'
import { createApp, listen } from '../../shared/web/http.ts'
import { isEntry, type Running, runAlone } from '../run.ts'
import { mountSwitches } from '../switches.ts'
import { openBook } from './book.ts'
import { Clockwork } from './clockwork.ts'
import { mountPhones } from './phone-routes.ts'
import { allWell, changes, type Switches } from './switches.ts'
import { twilioRoutes } from './twilio-routes.ts'
import { Webhooks } from './webhooks.ts'

const SERVICE = 'sms-gateway'
const TEST_ACCOUNT = 'AC00000000000000000000000000000000'

/** `webhooksUrl`: what phones answer is posted to `/inbound` below it; else nobody is told. */
type Options = {
  port: number
  host: string
  filePath: string
  account?: string | undefined
  token: string
  webhooksUrl?: string | undefined
  log?: Logger
}

/**
 * Starts the stand-in for Twilio: its API under `/2010-04-01`, the phones under `/phones`, `/_phones` and `/messages`,
 * `/_switches` and `/healthz`. Port 0 takes a free one; without `log` it is silent. Throws when the file cannot be loaded or the
 * port is taken.
 */
export async function start(options: Options): Promise<Running> {
  const { port, host, filePath, account = TEST_ACCOUNT, token, webhooksUrl, log = silent() } = options
  const book = await openBook(filePath)
  const switches = allWell()
  const webhooks = new Webhooks({ account, token, switches, log })
  const clockwork = new Clockwork({ book, switches, log, tell: (sms) => webhooks.tellStatus(sms) })
  const inbound = webhooksUrl && `${webhooksUrl}/inbound`
  const app = createApp(log, (routes) => {
    routes.use(twilioRoutes({ account, token, book, switches, clockwork, log }))
    mountPhones(routes, { book, webhooks, inbound, log })
    mountSwitches<Switches>(routes, switches, changes)
    routes.get('/healthz', (_req, res) => void res.json({ status: 'ok' }))
  })
  const server = await listen(app, port, host)
  const close = async () => {
    await server.close()
    clockwork.stop()
    webhooks.stop()
    await book.close()
  }
  return { url: server.url, close }
}

const silent = () => createLogger(SERVICE, 'silent')
const nobodys = () => randomBytes(16).toString('hex') // alone, for a look at its pages: nobody can send by it

if (isEntry(import.meta.url)) {
  await runAlone(SERVICE, (config, log) => {
    const { PORT: port, HOST: host, DATA_DIR, SMS_ACCOUNT: account, SMS_TOKEN: token = nobodys() } = config
    const filePath = resolve(DATA_DIR, 'sms.jsonl')
    return start({ port, host, filePath, account, token, webhooksUrl: config.SMS_WEBHOOK_URL, log })
  })
}
