import type { Logger } from '../../../shared/logger.ts'
import type { Publish } from '../../../shared/protocol/outbox.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { parseBody } from '../../../shared/web/http.ts'
import type { Page } from '../../../shared/web/serve-pages.ts'
import type { Client } from '../db.ts'
import { alertAnswer } from './alert-answer.ts'
import type { AlertLimits } from './alert-limits.ts'
import { codeRequest } from './alert-request.ts'
import type { AlertTokens } from './alert-tokens.ts'
import { type Alert, alertsNamed, stopAlertsOf } from './alerts.ts'
import { answerOf, noSuchAlert } from './show-alert.ts'

type Deps = { publish: Publish<Client>; tokens: AlertTokens; limits: AlertLimits; log: Logger }

/** `POST /api/alerts/stop`: nothing that this mailbox waits for is told any more. Any code of its mails will do. */
export function stopAlerts(deps: Deps): Endpoint {
  const stop = createStopping(deps)
  return {
    method: 'post',
    path: '/api/alerts/stop',
    what: 'Stop all alerts of a mailbox, by a code that was mailed there',
    body: codeRequest,
    answer: { status: 200, what: 'The alert of this code, as it stands now', schema: alertAnswer },
    problems: [404, 429],
    serve: async (req, res) => {
      const { code } = parseBody(codeRequest, req.body)
      await deps.limits.useCode(req)
      res.json(await stop(code))
    },
  }
}

const STOP_PATH = '/alerts/stop/:code'

/** `GET /alerts/stop/:code`: a page with a button, where a mail program opens the address instead of posting to it. */
export function askToStop(page: Page): Endpoint {
  return {
    method: 'get',
    path: STOP_PATH,
    what: 'Ask whether all alerts of a mailbox shall be stopped',
    answer: { status: 200, what: 'A page with a button', mediaType: 'text/html' },
    problems: [],
    serve: page,
  }
}

/**
 * `POST /alerts/stop/:code`: the same by the one click of a mail program, which posts `List-Unsubscribe=One-Click`, without a
 * cookie, and wants no redirect. Source: https://www.rfc-editor.org/rfc/rfc8058
 */
export function stopByOneClick(deps: Deps): Endpoint {
  const stop = createStopping(deps)
  return {
    method: 'post',
    path: STOP_PATH,
    what: 'Stop all alerts of a mailbox by the one click of a mail program',
    answer: { status: 200, what: 'They are stopped', schema: alertAnswer },
    problems: [404],
    serve: async (req, res) => {
      res.json(await stop(String(req.params.code)))
    },
  }
}

function createStopping({ publish, tokens, log }: Deps) {
  const stopMailboxOf = async (tx: Client, id: string): Promise<Alert | null> => {
    const [before] = await alertsNamed(tx, [id])
    if (before?.mailbox) await stopAlertsOf(tx, [before.mailbox])
    const [alert = null] = await alertsNamed(tx, [id])
    return alert
  }
  return async (code: string) => {
    const token = tokens.read(code)
    const alert = token === null ? null : await publish((tx) => stopMailboxOf(tx, token.alert))
    if (token === null || alert === null) throw noSuchAlert()
    log.info({ subject: alert.id }, 'alert.stopped')
    return answerOf(alert, token.use)
  }
}
