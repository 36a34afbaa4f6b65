import { setTimeout as wait } from 'node:timers/promises'
import express, { type ErrorRequestHandler } from 'express'
import { isSame } from '../../shared/is-same.ts'
import type { Logger } from '../../shared/logger.ts'
import { createRouter, type Request, type RequestHandler, type Response, type Router } from '../../shared/web/http.ts'
import { inviteBody } from '../../shared/web/read-body.ts'
import type { Book, Outgoing } from './book.ts'
import type { Clockwork } from './clockwork.ts'
import { listSms, type Shown } from './list-sms.ts'
import { messageObject } from './message-object.ts'
import { bodyOf, broken, notFound, type Refusal, tooMany, unauthorized, unavailable, unreadable } from './refusal.ts'
import { isStruck, type Switches } from './switches.ts'
import { takeSms } from './take-sms.ts'

export type Deps = { account: string; token: string; book: Book; switches: Switches; clockwork: Clockwork; log: Logger }

const ACCOUNT = '/2010-04-01/Accounts/:account'

/** The part of Twilio's API that sends SMS and tells what became of them. */
export function twilioRoutes(deps: Deps): Router {
  const { account, book } = deps
  const router = createRouter()
  router.use('/2010-04-01', refuseInTrouble(deps), requireAccount(deps), inviteBody, readForm, hold(deps.switches))
  router.post(`${ACCOUNT}/Messages.json`, (req, res) => take(req, res, deps))
  router.get(`${ACCOUNT}/Messages.json`, (req, res) => void show(res, listSms(account, req.query, book)))
  router.get(`${ACCOUNT}/Messages/:sid.json`, (req, res) => {
    const sms = book.find(String(req.params.sid))
    show(res, sms === undefined ? { refusal: notFound(req.path) } : { body: messageObject(account, sms) })
  })
  router.use('/2010-04-01', unknownUrl, answerErrors(deps.log))
  return router
}

async function take(req: Request, res: Response, { account, book, switches, clockwork, log }: Deps): Promise<void> {
  const taken = await takeSms(req.body, book)
  if ('refusal' in taken) return refuse(res, taken.refusal)
  clockwork.begin(taken)
  log.info({ sid: taken.was.sid, to: taken.was.to }, 'sms.taken')
  const isOver = () => res.writableFinished || void noteUnanswered(taken, { book, log })
  if (res.closed)
    isOver() // somebody has not waited for it
  else res.once('close', isOver)
  if (isStruck(switches.loseAnswers)) req.socket.destroy()
  else res.status(201).json(messageObject(account, taken))
}

/** Whoever sent it may believe that it was not taken: only that explains a second copy. */
async function noteUnanswered({ was: { sid } }: Outgoing, { book, log }: Pick<Deps, 'book' | 'log'>): Promise<void> {
  log.info({ sid }, 'answer.lost')
  await book.write({ kind: 'unanswered', sid, at: Date.now() }).catch((err) => log.error({ err }, 'line.not_kept'))
}

function refuseInTrouble({ switches, log }: Deps): RequestHandler {
  return (req, res, next) => {
    if (switches.down && isStruck(0.5)) return void req.socket.destroy()
    if (switches.down) return refuse(res, unavailable())
    if (!isStruck(switches.busyShare)) return next()
    log.info('request.refused')
    refuse(res, tooMany())
  }
}

/** HTTP Basic, with the account's SID and its token. */
function requireAccount({ account, token }: Deps): RequestHandler {
  const wanted = `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`
  return (req, res, next) => {
    const isTheirs = req.path.startsWith(`/Accounts/${account}/`)
    if (isTheirs && isSame(req.get('authorization') ?? '', wanted)) return next()
    refuse(res, unauthorized())
  }
}

const unknownUrl: RequestHandler = (req, res) => refuse(res, notFound(req.originalUrl))

const readForm: RequestHandler = express.urlencoded({ limit: '64kb', extended: false })

function hold(switches: Switches): RequestHandler {
  return async (_req, _res, next) => {
    if (switches.delayMs > 0) await wait(switches.delayMs)
    next()
  }
}

function show(res: Response, shown: Shown): void {
  if ('refusal' in shown) refuse(res, shown.refusal)
  else res.json(shown.body)
}

function refuse(res: Response, refusal: Refusal): void {
  res.status(refusal.status).json(bodyOf(refusal))
}

/** Readers of bodies mark their refusals with a status; what else is thrown is ours. */
function answerErrors(log: Logger): ErrorRequestHandler {
  return (error, _req, res, _next) => {
    const status = error instanceof Error && 'status' in error ? Number(error.status) : 500
    if (status >= 500) log.error({ err: error }, 'request.failed')
    refuse(res, status >= 500 ? broken() : unreadable(status, String(error)))
  }
}
