import type { Emit } from '../../../shared/handler.ts'
import type { Logger } from '../../../shared/logger.ts'
import type { Publish } from '../../../shared/protocol/outbox.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { Problem, parseBody } from '../../../shared/web/http.ts'
import type { Client } from '../db.ts'
import { alertAnswer } from './alert-answer.ts'
import type { AlertLimits } from './alert-limits.ts'
import { codeRequest } from './alert-request.ts'
import type { AlertTokens } from './alert-tokens.ts'
import { type Alert, alertsNamed, CONFIRM_MS } from './alerts.ts'
import { answerOf, noSuchAlert } from './show-alert.ts'
import { tellDue } from './tell-alerts.ts'

type Deps = { publish: Publish<Client>; tokens: AlertTokens; limits: AlertLimits; log: Logger }
type Verdict = { kind: 'confirmed'; alert: Alert } | { kind: 'used' } | { kind: 'none' }

/** `POST /api/alerts/confirm`: the address is that of who has asked. What has happened since then is told at once. */
export function confirmAlert({ publish, tokens, limits, log }: Deps): Endpoint {
  return {
    method: 'post',
    path: '/api/alerts/confirm',
    what: 'Confirm an alert by the code that was mailed',
    body: codeRequest,
    answer: { status: 200, what: 'It is confirmed', schema: alertAnswer },
    problems: [404, 409, 429],
    serve: async (req, res) => {
      const { code } = parseBody(codeRequest, req.body)
      await limits.useCode(req)
      const token = tokens.read(code)
      if (token?.use !== 'confirm') throw noSuchAlert()
      const verdict = await publish((tx, emit) => confirm(tx, token.alert, Date.now(), emit))
      if (verdict.kind === 'used') throw new Problem(409, 'Conflict', 'This link has been used already.')
      if (verdict.kind === 'none') throw noSuchAlert()
      log.info({ subject: token.alert, state: verdict.alert.state }, 'alert.confirmed')
      res.json(answerOf(verdict.alert, token.use))
    },
  }
}

/** Only one that waits for it, and not for too long, is confirmed: so the code works once. */
async function confirm(tx: Client, id: string, now: number, emit: Emit): Promise<Verdict> {
  const confirmed = await tx.$executeRaw`
    UPDATE "Alert" SET state = 'confirmed', "confirmedAt" = ${now}
    WHERE id = ${id} AND state = 'asked' AND "askedAt" > ${now - CONFIRM_MS}`
  if (confirmed > 0) await tellDue(tx, [id], emit)
  const [alert = null] = await alertsNamed(tx, [id])
  if (alert !== null && confirmed > 0) return { kind: 'confirmed', alert }
  const isUsed = alert?.state === 'confirmed' || alert?.state === 'told'
  return isUsed ? { kind: 'used' } : { kind: 'none' }
}
