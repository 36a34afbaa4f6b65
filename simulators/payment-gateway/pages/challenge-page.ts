import type { Language } from '../../../shared/customer-events.ts'
import { html } from '../../../shared/html.ts'
import type { Request, Response } from '../../../shared/web/http.ts'
import { lookOf } from '../../../shared/web/pages/look.ts'
import type { Deps } from '../api/stripe-routes.ts'
import { change } from '../change.ts'
import { answerChallenge, challengeIn, openChallenge } from '../deeds/answer-challenge.ts'
import type { Open } from '../entry.ts'
import { type Intent, statusOf } from '../intent.ts'
import { lockOf } from '../locks.ts'
import { settlingMs } from '../switches.ts'
import { backFrom } from './back-from.ts'
import { money, sendPage } from './page.ts'
import { pageWords } from './words.ts'

type Challenge = { challengeId: string; intent: Intent; asked: Open }

/** Asks the holder of a card whether it is him, as his bank would. */
export function showChallenge(req: Request, res: Response, deps: Deps): void {
  const challenge = find(String(req.params.id), deps.ledger)
  const { language } = lookOf(req)
  const { notFound: title, nothingToConfirm } = pageWords[language]
  if (!challenge) sendPage(res, { status: 404, language, title, body: html`<h1>${nothingToConfirm}</h1>` })
  else if (openChallenge(challenge.intent, challenge.challengeId)) ask(res, challenge, deps, language)
  else showOver(res, challenge, language)
}

function ask(res: Response, { intent: { opened }, asked }: Challenge, { ledger }: Deps, language: Language): void {
  const words = pageWords[language]
  const body = html`<h1>${words.isItYou}</h1>
<p class="amount">${money(opened.amountCents, opened.currency, language)}</p>
<p>${words.toShop(asked.paymentMethod ?? '')}</p>
<form method="post" class="row">
<button class="first" name="answer" value="confirm">${words.confirm}</button>
<button name="answer" value="refuse">${words.refuse}</button>
</form>`
  const leadsTo = [asked.returnUrl, ledger.findSession(opened.sessionId ?? '')?.terms.successUrl]
  sendPage(res, { language, title: words.confirmTitle, body, leadsTo })
}

/** Takes the answer, and sends its holder back to the shop. */
export async function takeAnswer(req: Request, res: Response, deps: Deps): Promise<void> {
  const { ledger, switches } = deps
  const challenge = find(String(req.params.id), ledger)
  const answer: unknown = req.body?.answer
  if (!challenge || (answer !== 'confirm' && answer !== 'refuse')) return void showChallenge(req, res, deps)
  const { challengeId, intent, asked } = challenge
  const outcome = await change(deps, lockOf(intent.opened.intentId, ledger), (at) =>
    answerChallenge(challengeId, answer === 'confirm', { at }, intent, settlingMs(switches)),
  )
  const back = backFrom(asked, intent, ledger)
  if (!outcome.ok || back === undefined) showOver(res, challenge, lookOf(req).language)
  else res.redirect(303, back)
}

function find(challengeId: string, ledger: Deps['ledger']): Challenge | undefined {
  const intent = ledger.findIntentOf(challengeId)
  const asked = intent && challengeIn(intent, challengeId)
  return asked && { challengeId, intent, asked }
}

function showOver(res: Response, { intent, asked }: Challenge, language: Language): void {
  const { over, overElse, backToShop, confirmOver: title } = pageWords[language]
  const endings: Record<string, string> = over
  const link = asked.returnUrl === undefined ? '' : html`<a class="button" href="${asked.returnUrl}">${backToShop}</a>`
  const body = html`<h1>${endings[statusOf(intent)] ?? overElse}</h1><p class="row">${link}</p>`
  sendPage(res, { language, title, body })
}
