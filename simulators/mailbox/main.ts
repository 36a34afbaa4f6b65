import { resolve } from 'node:path'
import type { SMTPServer } from 'smtp-server'
import { calledFromElsewhere, urlOf } from '../../shared/address.ts'
import { createLogger, type Logger } from '../../shared/logger.ts'
import { createApp, listen } from '../../shared/web/http.ts'
import { isEntry, type Running, runAlone } from '../run.ts'
import { mountSwitches } from '../switches.ts'
import { openMailbox } from './mailbox.ts'
import { mountMessages } from './message-routes.ts'
import { endConnections, listenSmtp, receiveMail } from './receive-mail.ts'
import { allWell, changes } from './switches.ts'

const SERVICE = 'mailbox'

type Options = { smtpPort: number; httpPort: number; host: string; filePath: string; log?: Logger }

/**
 * Starts the stand-in for a mail provider: SMTP in, and over HTTP `/messages`, `/_switches` and `/healthz`.
 * Port 0 takes a free one; without `log` it is silent. Throws when the file cannot be loaded or a port is
 * taken.
 */
export async function start(options: Options): Promise<Running & { smtpUrl: string }> {
  const { smtpPort, httpPort, host, filePath, log = silent() } = options
  const mailbox = await openMailbox(filePath)
  const switches = allWell()
  const smtp = receiveMail({ mailbox, switches, log })
  const app = createApp(log, (routes) => {
    mountMessages(routes, mailbox)
    mountSwitches(routes, switches, changes, () => switches.down && endConnections(smtp))
    routes.get('/healthz', (_req, res) => void res.json({ status: 'ok' }))
  })
  const http = await listen(app, httpPort, host)
  const smtpUrl = urlOf(calledFromElsewhere(host), await listenSmtp(smtp, smtpPort, host), 'smtp')
  const close = async () => {
    await Promise.all([http.close(), closeSmtp(smtp)])
    await mailbox.close()
  }
  return { smtpUrl, url: http.url, close }
}

function closeSmtp(server: SMTPServer): Promise<void> {
  endConnections(server)
  return new Promise((done) => server.close(done))
}

const silent = () => createLogger(SERVICE, 'silent')

if (isEntry(import.meta.url)) {
  await runAlone(SERVICE, ({ SMTP_PORT, PORT, HOST, DATA_DIR }, log) =>
    start({
      smtpPort: SMTP_PORT,
      httpPort: PORT,
      host: HOST,
      filePath: resolve(DATA_DIR, 'mailbox.jsonl'),
      log,
    }),
  )
}
