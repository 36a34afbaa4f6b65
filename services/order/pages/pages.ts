import type { Config } from '../../../shared/config.ts'
import type { Logger } from '../../../shared/logger.ts'
import type { Redis } from '../../../shared/store/redis.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import type { Express } from '../../../shared/web/http.ts'
import { openMailbox } from '../../../shared/web/mailbox.ts'
import { createDemo } from '../../control/demo/demo.ts'
import { demoActions } from '../../control/demo/demo-actions.ts'
import { listMails } from '../../control/list-mails.ts'
import { mountControlDoor } from '../../control/open-control.ts'
import { live } from '../../control/room/live.ts'
import { serveRoom } from '../../control/serve-room.ts'
import { showSession } from '../../control/session.ts'
import type { Client } from '../db.ts'
import { mailsOfOrder } from '../mails-of-order.ts'
import { serveShop } from '../serve-shop.ts'
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
      ...(mailbox ? [mailsOfOrder(read, mailbox), listMails(mailbox)] : []),
      showSession({ isDemo: demo !== null, hasMailbox: mailbox !== null }),
      live(watch),
      ...(demo ? [demoActions({ demo, watch, redis, log })] : []),
    ],
    mount: (app) => {
      mountControlDoor(app, adminToken)
      serveShop(app)
      serveRoom(app)
    },
    stop: async () => watch.stop(),
  }
}
