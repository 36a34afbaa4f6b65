import { mailboxOf } from '../../../shared/email-address.ts'
import type { Emit } from '../../../shared/handler.ts'
import type { Logger } from '../../../shared/logger.ts'
import { groupCommit } from '../../../shared/protocol/group-commit.ts'
import { newId } from '../../../shared/protocol/new-id.ts'
import type { Publish } from '../../../shared/protocol/outbox.ts'
import type { Seal } from '../../../shared/sealed.ts'
import { remember } from '../../../shared/store/meta.ts'
import { type Columns, insert } from '../../../shared/store/sql.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { parseBody } from '../../../shared/web/http.ts'
import { languageOf } from '../../../shared/web/language.ts'
import { invalid } from '../../../shared/web/problem.ts'
import type { Client } from '../db.ts'
import type { AlertLimits } from './alert-limits.ts'
import { alertRequest } from './alert-request.ts'
import type { AlertTokens } from './alert-tokens.ts'
import { type Alert, placeOf } from './alerts.ts'
import { isSold, type Product, productsNow } from './products.ts'

type Deps = { publish: Publish<Client>; tokens: AlertTokens; seal: Seal; limits: AlertLimits; log: Logger }
type Wanted = Pick<Alert, 'email' | 'sku' | 'kind' | 'language'>

/**
 * `POST /api/alerts`. Answered the same whoever has asked for what before, and after as much work: only the mail tells, and it
 * goes to whose address it is. Too many mails to one address are not sent, and that is not told, either.
 */
export function askAlert({ publish, tokens, seal, limits, log }: Deps): Endpoint {
  const ask = groupCommit<Client, Wanted, string | null>(publish, async (tx, wanted, emit) => {
    await remember(tx, 'alert asked', String(Date.now())) // so that each answer waits for the disk
    const productOf = await productsNow(
      tx,
      wanted.map(({ sku }) => sku),
    )
    const asked: (string | null)[] = []
    for (const one of wanted) {
      const id = await takeDown(tx, one, productOf(one.sku), limits.perMailbox) // one by one: each counts for the next
      if (id !== null) tell(id, one, emit)
      asked.push(id)
    }
    return asked
  })
  const tell = (subject: string, wanted: Wanted, emit: Emit) => {
    emit({ name: 'alert.asked', subject, data: { ...wanted, code: seal.close(tokens.codeOf('confirm', subject)) } })
  }
  return {
    method: 'post',
    path: '/api/alerts',
    what: 'Have a mail when a product is back, or costs less',
    body: alertRequest,
    answer: { status: 202, what: 'If there is something to be confirmed, a mail asks for it.' },
    problems: [429],
    serve: async (req, res) => {
      const { language = languageOf(req), ...asked } = parseBody(alertRequest, req.body)
      if (!isSold(asked.sku)) throw invalid([{ field: 'sku', message: 'is not in the catalogue' }])
      await limits.ask(req)
      const id = await ask({ ...asked, language })
      if (id === null) log.info({ sku: asked.sku, kind: asked.kind }, 'alert.notAsked')
      res.status(202).end()
    },
  }
}

type Row = Omit<Alert, 'askedAt'> & { open: string; asks: number; askedAt: number }
const columns: Columns<Row> = [
  ...(['id', 'sku', 'kind', 'mailbox', 'email', 'language', 'state', 'open'] as const),
  ...(['timesBack', 'priceCents', 'asks', 'askedAt'] as const),
]
const DAY_MS = 24 * 3_600_000

/**
 * Takes down what somebody wants, and returns the id of the alert that is to be confirmed: a new one, or the one that waits for
 * that since before, from now on. Null where it is confirmed, or too many mails to this mailbox have been asked for in vain.
 */
async function takeDown(tx: Client, wanted: Wanted, product: Product, perMailbox: number): Promise<string | null> {
  const now = Date.now()
  const place = { open: placeOf(wanted), mailbox: mailboxOf(wanted.email) }
  const row: Row = {
    ...{ ...wanted, ...place, ...product },
    ...{ id: newId(), state: 'asked', asks: 1, askedAt: now },
  }
  const [asked] = await tx.$queryRaw<{ id: string }[]>`
    ${insert('Alert', columns, [row])} AND (
      SELECT coalesce(sum(asks), 0) FROM "Alert" AS other
      WHERE other.mailbox = new.mailbox AND other."confirmedAt" IS NULL AND other."askedAt" > ${now - DAY_MS}) < ${perMailbox}
    ON CONFLICT (open) DO UPDATE SET
      email = excluded.email, language = excluded.language, "timesBack" = excluded."timesBack",
      "priceCents" = excluded."priceCents", "askedAt" = excluded."askedAt",
      asks = CASE WHEN "Alert"."askedAt" > ${now - DAY_MS} THEN "Alert".asks + 1 ELSE 1 END
    WHERE "Alert".state = 'asked'
    RETURNING id`
  return asked?.id ?? null
}
