import type { Config } from '../../../shared/config.ts'
import type { Logger } from '../../../shared/logger.ts'
import type { Redis } from '../../../shared/store/redis.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import type { Express } from '../../../shared/web/http.ts'
import type { Client } from '../db.ts'
import { createDemo } from './demo.ts'
import { demoActions } from './demo-actions.ts'
import { live } from './live.ts'
import { openMailbox } from './mailbox.ts'
import { mailsOfOrder, newestMails } from './mails.ts'
import { mountControlDoor } from './open-control.ts'
import { servePages } from './serve-pages.ts'
import { showSession } from './session.ts'
import { createWatch } from './watch.ts'

type Deps = { config: Config; read: Client; log: Logger }

/** What people see of the shop, and the endpoints that only these pages need. */
export type Pages = {
  endpointsFor(redis: Redis): Endpoint[]
  mount(app: Express): void
  stop(): Promise<void>
}

/** The shop window, the order page and the control room; in the demo also the ways to break something. */
export function createPages({ config, read, log }: Deps): Pages {
  const { ADMIN_TOKEN: adminToken, MAILBOX_URL: mailboxUrl } = config
  const demo = createDemo(config)
  const watch = createWatch(demo !== null, log)
  const mailbox = mailboxUrl === undefined ? null : openMailbox(mailboxUrl)
  return {
    endpointsFor: (redis) => [
      ...(mailbox ? [mailsOfOrder(read, mailbox), newestMails(mailbox)] : []),
      showSession({ isDemo: demo !== null, hasMailbox: mailbox !== null }),
      live(watch),
      ...(demo ? [demoActions({ demo, watch, redis, log })] : []),
    ],
    mount: (app) => {
      mountControlDoor(app, adminToken)
      servePages(app)
    },
    stop: async () => watch.stop(),
  }
}
