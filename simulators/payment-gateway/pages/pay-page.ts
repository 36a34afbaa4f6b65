import type { Language } from '../../../shared/customer-events.ts'
import { html } from '../../../shared/html.ts'
import type { Request, Response } from '../../../shared/web/http.ts'
import { lookOf } from '../../../shared/web/pages/look.ts'
import type { Deps } from '../api/stripe-routes.ts'
import { change, type Outcome } from '../change.ts'
import { REFUSED_BY_HOLDER } from '../deeds/attempt.ts'
import { paySession } from '../deeds/pay-session.ts'
import { type Intent, stepOf } from '../intent.ts'
import { challengeUrl } from '../objects/intent-object.ts'
import { payUrl } from '../objects/session-object.ts'
import type { Session } from '../session.ts'
import { settlingMs } from '../switches.ts'
import { money, sendPage } from './page.ts'
import { refusalsInChinese } from './refusals-in-chinese.ts'
import { type PageWords, pageWords } from './words.ts'

/** Shows what is to be paid, and takes a test card for it. */
export function showPay(req: Request, res: Response, deps: Deps): void {
  const session = deps.ledger.findSession(String(req.params.id))
  const { language } = lookOf(req)
  if (!session) sendNothing(res, language)
  else if (session.newest.status === 'open') offer(res, session, deps, { language })
  else showOver(res, session, language)
}

/** Takes the card that was chosen: back to the shop where it is paid, and else on to the next thing. */
export async function takePay(req: Request, res: Response, deps: Deps): Promise<void> {
  const { ledger, switches, place } = deps
  const id = String(req.params.id)
  const session = ledger.findSession(id)
  const token = tokenIn(req.body)
  if (!session || token === undefined) return void showPay(req, res, deps)
  const outcome = await change(deps, id, (at) => {
    const now = ledger.findSession(id) ?? session
    const back = payUrl(id, place.base)
    return paySession(now, intentOf(now, deps), token, back, { at }, settlingMs(switches))
  })
  if (outcome.ok) res.redirect(303, next(outcome, session))
  else refuse(res, session, deps, { language: lookOf(req).language, refusal: outcome.refusal.error.message })
}

/** Where somebody goes from a page that he has paid on. */
export function successUrl({ opened: { sessionId }, terms }: Session): string {
  return terms.successUrl.replaceAll('{CHECKOUT_SESSION_ID}', sessionId)
}

/** Our own pages are where this one is, whatever it is called. */
function next({ entry }: Outcome & { ok: true }, session: Session): string {
  if (entry.kind === 'decline') return payUrl(session.opened.sessionId, '')
  if (entry.kind === 'open' && entry.challengeId !== undefined) return challengeUrl(entry.challengeId, '')
  return successUrl(session)
}

function tokenIn(body: unknown): string | undefined {
  const { card, other } = typeof body === 'object' && body !== null ? fieldsOf(body) : fieldsOf({})
  if (typeof other === 'string' && other.trim() !== '') return other.trim()
  return typeof card === 'string' ? card : undefined
}

const fieldsOf = (body: { card?: unknown; other?: unknown }) => body

const intentOf = ({ intentId }: Session, { ledger }: Deps): Intent | undefined => ledger.findIntent(intentId ?? '')

type Asked = { language: Language; refusal?: string }

function refuse(res: Response, session: Session, deps: Deps, asked: Asked): void {
  const now = deps.ledger.findSession(session.opened.sessionId) ?? session
  if (now.newest.status === 'open') offer(res, now, deps, asked)
  else showOver(res, now, asked.language)
}

function sendNothing(res: Response, language: Language): void {
  const { notFound: title, nothingToPay } = pageWords[language]
  sendPage(res, { status: 404, language, title, body: html`<h1>${nothingToPay}</h1>` })
}

function offer(res: Response, session: Session, deps: Deps, { language, refusal }: Asked): void {
  const { opened, terms } = session
  const words = pageWords[language]
  const said = refusal ?? lastError(intentOf(session, deps), words)
  const message = language === 'zh' ? (refusalsInChinese[said ?? ''] ?? said) : said
  const total = money(opened.amountCents, opened.currency, language)
  const lines = terms.lines.map(
    ({ name, unitCents, quantity }) =>
      html`<tr><td>${quantity} × ${name}</td><td>${money(unitCents * quantity, opened.currency, language)}</td></tr>`,
  )
  const cards = Object.entries(words.cards).map(
    (
      [token, label],
      index,
    ) => html`<label><input type="radio" name="card" value="${token}"${index === 0 ? CHECKED : ''}>
<span>${label}<br><small>${token}</small></span></label>`,
  )
  const body = html`<h1>${words.pay}</h1>
<p class="amount">${total}</p>
<table>${lines}</table>
${message === undefined ? '' : html`<p class="bad" role="alert">${message}</p>`}
<form method="post">
<fieldset><legend>${words.testCard}</legend>${cards}
<label>${words.another} <input name="other" placeholder="pm_card_…" autocomplete="off"></label></fieldset>
<p class="row"><button class="first">${words.payNow(total)}</button>
${terms.cancelUrl === undefined ? '' : html`<a class="button" href="${terms.cancelUrl}">${words.cancel}</a>`}</p>
</form>`
  const status = refusal === undefined ? 200 : 402
  sendPage(res, { status, language, title: words.pay, body, leadsTo: [terms.successUrl] })
}

const CHECKED = html` checked`

function lastError(intent: Intent | undefined, { notConfirmed }: PageWords): string | undefined {
  const step = intent && stepOf(intent)
  if (step?.kind !== 'decline') return undefined
  return step.code === REFUSED_BY_HOLDER.code ? notConfirmed : step.message
}

function showOver(res: Response, session: Session, language: Language): void {
  const { allDone, expired, backToShop } = pageWords[language]
  const { newest, terms } = session
  const isPaid = newest.status === 'complete'
  const url = isPaid ? successUrl(session) : terms.cancelUrl
  const link = url === undefined ? '' : html`<a class="button" href="${url}">${backToShop}</a>`
  const title = isPaid ? allDone : expired
  const body = html`<h1>${title}</h1><p class="row">${link}</p>`
  sendPage(res, { status: isPaid ? 200 : 410, language, title, body })
}
