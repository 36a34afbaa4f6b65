import type { Emit } from '../../shared/handler.ts'
import type { Logger } from '../../shared/logger.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import { names } from '../../shared/store/sql.ts'
import type { Unsubscribe } from '../../shared/unsubscribe.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { Problem, type Request, type Response } from '../../shared/web/http.ts'
import { lookOf } from '../../shared/web/pages/look.ts'
import { type Account, accountColumns, preferredOf } from './accounts.ts'
import type { Client } from './db.ts'
import { POLICY, unsubscribedPage, unsubscribePage } from './unsubscribe-page.ts'

type Deps = { publish: Publish<Client>; unsubscribe: Unsubscribe; log: Logger }

const PATH = '/unsubscribe/:token'
const HTML = 'text/html'

/** `GET /unsubscribe/:token`: a page with a button, since programs follow links in mails, and nothing shall happen then. */
export function showUnsubscribe({ unsubscribe }: Pick<Deps, 'unsubscribe'>): Endpoint {
  return {
    method: 'get',
    path: PATH,
    what: 'Ask whether there shall be no more mails about orders',
    answer: { status: 200, what: 'A page with a button', mediaType: HTML },
    problems: [404],
    serve: (req, res) => {
      accountOf(req, unsubscribe)
      send(res, unsubscribePage(lookOf(req).language))
    },
  }
}

/**
 * `POST /unsubscribe/:token`: no more mails about orders. Whoever has the mail may say so, without a cookie: by the button, or
 * by the one click of the mail program, which posts `List-Unsubscribe=One-Click` and wants no redirect.
 * Source: https://www.rfc-editor.org/rfc/rfc8058
 */
export function takeUnsubscribe({ publish, unsubscribe, log }: Deps): Endpoint {
  return {
    method: 'post',
    path: PATH,
    what: 'Have no more mails about orders',
    answer: { status: 200, what: 'A page that says so', mediaType: HTML },
    problems: [404],
    serve: async (req, res) => {
      const subject = accountOf(req, unsubscribe)
      const isNews = await publish((tx, emit) => stopMails(tx, subject, emit))
      if (isNews) log.info({ subject }, 'customer.unsubscribed')
      send(res, unsubscribedPage(lookOf(req).language))
    },
  }
}

function accountOf(req: Request, unsubscribe: Unsubscribe): string {
  const account = unsubscribe.accountOf(String(req.params.token))
  if (account === null) throw new Problem(404, 'Not found', 'This link is too old, or none of ours.')
  return account
}

async function stopMails(tx: Client, id: string, emit: Emit): Promise<boolean> {
  const [account] = await tx.$queryRaw<Account[]>`
    UPDATE "Account" SET "ordersByMail" = 0, revision = revision + 1
    WHERE id = ${id} AND "ordersByMail" = 1 RETURNING ${names(accountColumns)}`
  if (account !== undefined) emit(preferredOf(account))
  return account !== undefined
}

function send(res: Response, page: string): void {
  res.set({ 'Content-Security-Policy': POLICY, 'Referrer-Policy': 'no-referrer' }).type('html').send(page)
}
