import type { Config } from '../../shared/config.ts'
import { addressesOf } from '../../shared/doors.ts'
import { type Running, runAsMain, startService } from '../../shared/service.ts'
import { mountEndpoints } from '../../shared/web/endpoint.ts'
import { createForwarder } from '../../shared/web/forward.ts'
import { openAccounts } from './db.ts'
import { serveAccount } from './serve-account.ts'
import { showStandIns } from './show-stand-ins.ts'

/** The accounts service owns who the customers are: it signs them up and in, and tells the others what they have to know. */
export function start(config: Config): Promise<Running> {
  return startService('accounts', config, openAccounts, (_db, log) => {
    const forwarder = createForwarder('accounts', addressesOf(config), log)
    const toDo = { async apply() {} }
    return {
      port: config.ACCOUNTS_PORT,
      handlers: () => ({
        'mail.sent': toDo,
        'mail.bounced': toDo,
        'sms.sent': toDo,
        'sms.failed': toDo,
        'sms.stopped': toDo,
      }),
      mount: (app) => {
        mountEndpoints(app, [showStandIns(config)], { admin: (_req, _res, next) => next() })
        serveAccount(app)
      },
      forward: forwarder.forward,
      beforeClose: forwarder.stop,
    }
  })
}

await runAsMain(import.meta.url, 'accounts', start)
