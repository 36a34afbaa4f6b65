import type { Request, Response } from '../../../shared/web/http.ts'
import { html } from '../../html.ts'
import type { Deps } from '../api/stripe-routes.ts'
import { change, type Outcome } from '../change.ts'
import { REFUSED_BY_HOLDER } from '../deeds/attempt.ts'
import { paySession } from '../deeds/pay-session.ts'
import { type Intent, stepOf } from '../intent.ts'
import { challengeUrl } from '../objects/intent-object.ts'
import { payUrl } from '../objects/session-object.ts'
import type { Session } from '../session.ts'
import { settlingMs } from '../switches.ts'
import { offered } from './offered.ts'
import { money, sendPage } from './page.ts'

/** Shows what is to be paid, and takes a test card for it. */
export function showPay(req: Request, res: Response, deps: Deps): void {
  const session = deps.ledger.findSession(String(req.params.id))
  if (!session) sendPage(res, 404, 'Not found', html`<h1>There is nothing to pay here</h1>`)
  else if (session.newest.status === 'open') offer(res, session, deps)
  else showOver(res, session)
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
  else refuse(res, session, outcome.refusal.error.message, deps)
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

function refuse(res: Response, session: Session, message: string, deps: Deps): void {
  const now = deps.ledger.findSession(session.opened.sessionId) ?? session
  if (now.newest.status === 'open') offer(res, now, deps, message)
  else showOver(res, now)
}

function offer(res: Response, session: Session, deps: Deps, refusal?: string): void {
  const { opened, terms } = session
  const message = refusal ?? lastError(intentOf(session, deps))
  const lines = terms.lines.map(
    ({ name, unitCents, quantity }) =>
      html`<tr><td>${quantity} × ${name}</td><td>${money(unitCents * quantity, opened.currency)}</td></tr>`,
  )
  const cards = offered.map(
    (
      [token, label],
      index,
    ) => html`<label><input type="radio" name="card" value="${token}"${index === 0 ? CHECKED : ''}>
<span>${label}<br><small>${token}</small></span></label>`,
  )
  const body = html`<h1>Pay Orderline</h1>
<p class="amount">${money(opened.amountCents, opened.currency)}</p>
<table>${lines}</table>
${message === undefined ? '' : html`<p class="bad" role="alert">${message}</p>`}
<form method="post">
<fieldset><legend>Test card</legend>${cards}
<label>Another one <input name="other" placeholder="pm_card_…" autocomplete="off"></label></fieldset>
<p class="row"><button class="first">Pay ${money(opened.amountCents, opened.currency)}</button>
${terms.cancelUrl === undefined ? '' : html`<a class="button" href="${terms.cancelUrl}">Cancel</a>`}</p>
</form>`
  sendPage(res, refusal === undefined ? 200 : 402, 'Pay Orderline', body, [terms.successUrl])
}

const CHECKED = html` checked`

function lastError(intent: Intent | undefined): string | undefined {
  const step = intent && stepOf(intent)
  if (step?.kind !== 'decline') return undefined
  return step.code === REFUSED_BY_HOLDER.code ? 'You have not confirmed the payment.' : step.message
}

function showOver(res: Response, session: Session): void {
  const { newest, terms } = session
  const isPaid = newest.status === 'complete'
  const url = isPaid ? successUrl(session) : terms.cancelUrl
  const link = url === undefined ? '' : html`<a class="button" href="${url}">Back to the shop</a>`
  const words = isPaid ? 'You are all done here' : 'This page has expired'
  sendPage(res, isPaid ? 200 : 410, words, html`<h1>${words}</h1><p class="row">${link}</p>`)
}
