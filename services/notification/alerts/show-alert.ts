import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { Problem, parseBody } from '../../../shared/web/http.ts'
import type { Client } from '../db.ts'
import { type AlertAnswer, alertAnswer } from './alert-answer.ts'
import type { AlertLimits } from './alert-limits.ts'
import { codeRequest } from './alert-request.ts'
import type { AlertTokens, Use } from './alert-tokens.ts'
import { type Alert, alertsNamed, CONFIRM_MS } from './alerts.ts'
import { nameOf } from './products.ts'

type Deps = { read: Client; tokens: AlertTokens; limits: AlertLimits }

/** `POST /api/alerts/look`: what a code is for. It changes nothing; the code must not stand in an address that is logged. */
export function showAlert({ read, tokens, limits }: Deps): Endpoint {
  return {
    method: 'post',
    path: '/api/alerts/look',
    what: 'See which alert a code is of, and how it stands',
    body: codeRequest,
    answer: { status: 200, what: 'The alert', schema: alertAnswer },
    problems: [404, 429],
    serve: async (req, res) => {
      const { code } = parseBody(codeRequest, req.body)
      await limits.useCode(req)
      const token = tokens.read(code)
      const [alert = null] = token === null ? [] : await alertsNamed(read, [token.alert])
      if (token === null || alert === null) throw noSuchAlert()
      res.json(answerOf(alert, token.use))
    },
  }
}

/** How an alert stands, for whoever has a code of it. */
export function answerOf({ sku, kind, state, askedAt }: Alert, use: Use): AlertAnswer {
  const isToConfirm = use === 'confirm' && state === 'asked' && askedAt > Date.now() - CONFIRM_MS
  return { sku, name: nameOf(sku), kind, state, isToConfirm }
}

/** The refusal of a code. One that is too old is told like one that never was. */
export function noSuchAlert(): Problem {
  return new Problem(404, 'Not found', 'This link is too old, or none of ours.')
}
