import type { Config } from '../../../shared/config.ts'
import type { Database } from '../../../shared/db.ts'
import type { Express } from '../../../shared/http.ts'
import type { Logger } from '../../../shared/logger.ts'
import type { Pipeline } from '../../../shared/pipeline.ts'
import { createAsk } from '../admin/ask-service.ts'
import { createLetters } from '../admin/letters.ts'
import type { Client } from '../db.ts'
import type { Endpoint } from '../endpoint.ts'
import { createAuditor } from './audit-in-child.ts'
import { createDemo, type Demo } from './demo.ts'
import { demoActions } from './demo-actions.ts'
import { live } from './live.ts'
import { createLogTail } from './log-tail.ts'
import { openMailbox } from './mailbox.ts'
import { mailsOfOrder, newestMails } from './mails.ts'
import { mountControlDoor } from './open-control.ts'
import { servePages } from './serve-pages.ts'
import { showSession } from './session.ts'
import { createSnapshots } from './snapshot.ts'
import { createWatch } from './watch.ts'

const LOOK_MS = 500

type Deps = { config: Config; db: Database<Client>; pipeline: Pipeline<Client>; log: Logger }

/** What people see of the shop, and the endpoints that only these pages need. */
export type Pages = {
  endpoints: Endpoint[]
  mount(app: Express): void
  stop(): Promise<void>
}

/** The shop window, the order page and the control room; in the demo also the ways to break something. */
export function createPages({ config, db, pipeline, log }: Deps): Pages {
  const { ADMIN_TOKEN: adminToken, DATA_DIR: dataDir, MAILBOX_URL: mailboxUrl } = config
  const { redis } = pipeline
  const demo: Demo | null = createDemo(config, log)
  const tail = createLogTail(dataDir, log)
  const auditor = demo && createAuditor(dataDir, demo.acceptedPath)
  const letters = createLetters(db, pipeline, createAsk(redis, adminToken))
  const look = createSnapshots({ redis, read: db.read, letters, tail, auditor, demo })
  const watch = createWatch(LOOK_MS, look, log)
  const mailbox = mailboxUrl === undefined ? null : openMailbox(mailboxUrl)
  return {
    endpoints: [
      ...(mailbox ? [mailsOfOrder(db.read, mailbox), newestMails(mailbox)] : []),
      showSession({ isDemo: demo !== null, hasMailbox: mailbox !== null }),
      live(watch, tail),
      ...(demo ? [demoActions({ demo, redis, log })] : []),
    ],
    mount: (app) => {
      mountControlDoor(app, adminToken)
      servePages(app)
    },
    stop: async () => {
      demo?.stop()
      await Promise.all([watch.stop(), tail.stop(), auditor?.stop()])
    },
  }
}
