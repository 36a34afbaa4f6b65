import { CannotStart } from '../../shared/cannot-start.ts'
import { type Config, hasLimits } from '../../shared/config.ts'
import { addressesOf } from '../../shared/doors.ts'
import { startPruning } from '../../shared/protocol/prune.ts'
import { createSeal } from '../../shared/sealed.ts'
import { type Running, runAsMain, startService } from '../../shared/service.ts'
import { createUnsubscribe } from '../../shared/unsubscribe.ts'
import { describeApi } from '../../shared/web/describe-api.ts'
import { mountEndpoints } from '../../shared/web/endpoint.ts'
import { createForwarder } from '../../shared/web/forward.ts'
import { mountFind } from '../../shared/web/ops-find.ts'
import { createAccountLimits, noLimits } from './account-limits.ts'
import { endpointsOf } from './api.ts'
import { createCookies } from './cookies.ts'
import { createCustomerDoor } from './customer-door.ts'
import { openAccounts } from './db.ts'
import { findAccounts } from './find-accounts.ts'
import { noteBounces, noteMails } from './hear-mails.ts'
import { noteFailures, noteSms, noteStops } from './hear-sms.ts'
import { createPasswords } from './passwords.ts'
import { pruneProofs } from './proofs.ts'
import { pruneRegistrations } from './registrations.ts'
import { createSecrets } from './secrets.ts'
import { serveAccount } from './serve-account.ts'
import { pruneSessions } from './sessions.ts'
import { showStandIns } from './show-stand-ins.ts'

/** The accounts service owns who the customers are: it signs them up and in, and tells the others what they have to know. */
export function start(config: Config): Promise<Running> {
  const sealSecret = required('SEAL_SECRET', config)
  const cookies = createCookies(required('SESSION_SECRET', config))
  return startService('accounts', config, openAccounts, (db, log, health) => {
    const forwarder = createForwarder('accounts', addressesOf(config), log)
    const limits = hasLimits(config) ? createAccountLimits(log) : noLimits
    const passwords = createPasswords()
    const secrets = createSecrets(sealSecret)
    const closed = { secrets, seal: createSeal(sealSecret), unsubscribe: createUnsubscribe(sealSecret) }
    return {
      port: config.ACCOUNTS_PORT,
      neighbours: [config.ORDER_URL, config.CONTROL_URL],
      handlers: () => ({
        'mail.sent': noteMails,
        'mail.bounced': noteBounces,
        'sms.sent': noteSms,
        'sms.failed': noteFailures,
        'sms.stopped': noteStops,
      }),
      mount: (app, { producer: { publish } }) => {
        const own = endpointsOf({ ...closed, read: db.read, publish, passwords, cookies, limits, log })
        const endpoints = [...own, showStandIns(config)]
        mountEndpoints(app, endpoints, { customer: createCustomerDoor(cookies) })
        serveAccount(app)
        describeApi(app, endpoints)
      },
      mountOps: (app) => mountFind(app, findAccounts(db.read)),
      loops: () => [
        startPruning('registrations.prune', db, health, pruneRegistrations),
        startPruning('proofs.prune', db, health, pruneProofs),
        startPruning('sessions.prune', db, health, pruneSessions),
      ],
      forward: forwarder.forward,
      beforeClose: forwarder.stop,
    }
  })
}

function required(name: 'SEAL_SECRET' | 'SESSION_SECRET', config: Config): string {
  const secret = config[name]
  if (secret === undefined)
    throw new CannotStart(`${name}: is missing; letters and digits, for example from openssl rand -hex 32`)
  return secret
}

await runAsMain(import.meta.url, 'accounts', start)
