import { setTimeout as wait } from 'node:timers/promises'
import express, { type ErrorRequestHandler } from 'express'
import type { Logger } from '../../../shared/logger.ts'
import type { RequestHandler, Response } from '../../../shared/web/http.ts'
import { newId } from '../new-id.ts'
import type { Switches } from '../switches.ts'
import { refused } from './answer-once.ts'
import type { Answer } from './answer-to.ts'
import { type Refusal, tooMany, unauthorized, unavailable, unknown, unreadable } from './refusal.ts'

/** Sends an answer under Stripe's header names. */
export function send(res: Response, { status, body, headers }: Answer): void {
  res.set({ 'Request-Id': newId('req'), ...headers })
  res.status(status).json(body)
}

/** While the gateway is switched off, nothing gets past here. */
export function refuseInOutage(switches: Switches): RequestHandler {
  return (_req, res, next) => {
    if (!switches.outage) return next()
    send(res, refused(unavailable(503, 'The payment gateway is switched off (POST /_switches).')))
  }
}

/** 429 for what is more than the switch says. A second's worth may come at once, as with Stripe. */
export function limitRate(switches: Switches, log: Logger): RequestHandler {
  let left = 0
  let at = 0
  return (_req, res, next) => {
    const { perSecond } = switches
    if (perSecond === 0) return next()
    const now = performance.now()
    left = Math.min(left + ((now - at) / 1_000) * perSecond, Math.max(perSecond, 1))
    at = now
    if (left >= 1) {
      left--
      return next()
    }
    log.info({ perSecond }, 'request.refused')
    send(res, refused(tooMany()))
  }
}

/** 401 without a test key as bearer token. */
export const requireTestKey: RequestHandler = (req, res, next) => {
  const key = /^Bearer (\S+)$/i.exec(req.get('authorization') ?? '')?.[1]
  if (key?.startsWith('sk_test_')) return next()
  const message = key ? 'Invalid API Key provided.' : 'You did not provide an API key.'
  send(res, refused(unauthorized(`${message} This stand-in takes any key that starts with sk_test_.`)))
}

/** Stripe speaks forms, with metadata[orderId]=… for nested fields. */
export const readForm: RequestHandler = express.urlencoded({ limit: '64kb', extended: true })

/** Answers what is to be a payment for one order with something that is none, and does nothing: a gateway has its bad days, too. */
export function talkNonsense(switches: Switches, log: Logger): RequestHandler {
  return (req, res, next) => {
    const orderId: unknown = req.method === 'POST' ? req.body?.metadata?.orderId : undefined
    if (switches.nonsenseFor === '' || orderId !== switches.nonsenseFor) return next()
    log.info({ orderId }, 'nonsense.answered')
    send(res, { status: 200, body: { object: 'nonsense' } })
  }
}

/** Holds a request for as long as the switch says. */
export function hold(switches: Switches): RequestHandler {
  return async (_req, _res, next) => {
    if (switches.delayMs > 0) await wait(switches.delayMs)
    next()
  }
}

/** 404 for whatever no route has taken. */
export const unknownUrl: RequestHandler = (req, res) => {
  send(res, refused(unknown(`${req.method}: ${req.originalUrl}`)))
}

/** Whatever is thrown becomes an error object: the body's fault is 4xx, ours is 500 and a log line. */
export function answerErrors(log: Logger): ErrorRequestHandler {
  return (error, _req, res, _next) => {
    const refusal = asRefusal(error)
    if (refusal.status >= 500) log.error({ err: error }, 'request.failed')
    send(res, refused(refusal))
  }
}

/** body-parser marks its refusals with a status. */
function asRefusal(error: unknown): Refusal {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500
  if (status >= 400 && status < 500) return unreadable(status, String(error))
  return unavailable(500, 'The payment gateway broke; its log says how. Nothing was recorded.')
}
