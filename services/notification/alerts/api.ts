import { type Config, hasLimits } from '../../../shared/config.ts'
import type { Logger } from '../../../shared/logger.ts'
import type { Publish } from '../../../shared/protocol/outbox.ts'
import { createSeal } from '../../../shared/sealed.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import type { Page } from '../../../shared/web/serve-pages.ts'
import type { Client } from '../db.ts'
import { sealSecretIn } from '../handlers.ts'
import { createAlertLimits, noLimits } from './alert-limits.ts'
import { createAlertTokens } from './alert-tokens.ts'
import { askAlert } from './ask-alert.ts'
import { confirmAlert } from './confirm-alert.ts'
import { showAlert } from './show-alert.ts'
import { askToStop, stopAlerts, stopByOneClick } from './stop-alerts.ts'

type Deps = { config: Config; read: Client; publish: Publish<Client>; page: Page; log: Logger }

/** Every endpoint of alerts, in the order in which people come to them. */
export function alertEndpoints({ config, page, ...deps }: Deps): Endpoint[] {
  const secret = sealSecretIn(config)
  const limits = hasLimits(config) ? createAlertLimits(deps.log) : noLimits
  const all = { ...deps, tokens: createAlertTokens(secret), seal: createSeal(secret), limits }
  return [askAlert(all), showAlert(all), confirmAlert(all), stopAlerts(all), askToStop(page), stopByOneClick(all)]
}
