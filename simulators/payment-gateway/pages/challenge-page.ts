import type { Request, Response } from '../../../shared/web/http.ts'
import { html } from '../../html.ts'
import type { Deps } from '../api/stripe-routes.ts'
import { change } from '../change.ts'
import { answerChallenge, challengeIn, openChallenge } from '../deeds/answer-challenge.ts'
import type { Open } from '../entry.ts'
import { type Intent, statusOf } from '../intent.ts'
import { lockOf } from '../locks.ts'
import { settlingMs } from '../switches.ts'
import { backFrom } from './back-from.ts'
import { money, sendPage } from './page.ts'

type Challenge = { challengeId: string; intent: Intent; asked: Open }

/** Asks the holder of a card whether it is him, as his bank would. */
export function showChallenge(req: Request, res: Response, deps: Deps): void {
  const challenge = find(String(req.params.id), deps.ledger)
  if (!challenge) sendPage(res, 404, 'Not found', html`<h1>There is nothing to confirm here</h1>`)
  else if (openChallenge(challenge.intent, challenge.challengeId)) ask(res, challenge, deps)
  else showOver(res, challenge)
}

function ask(res: Response, { intent: { opened }, asked }: Challenge, { ledger }: Deps): void {
  sendPage(
    res,
    200,
    'Confirm your payment',
    html`<h1>Your bank asks: is it you who pays?</h1>
<p class="amount">${money(opened.amountCents, opened.currency)}</p>
<p>to Orderline, with the card ${asked.paymentMethod ?? ''}</p>
<form method="post" class="row">
<button class="first" name="answer" value="confirm">Confirm</button>
<button name="answer" value="refuse">Refuse</button>
</form>`,
    [asked.returnUrl, ledger.findSession(opened.sessionId ?? '')?.terms.successUrl],
  )
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
  if (!outcome.ok || back === undefined) showOver(res, challenge)
  else res.redirect(303, back)
}

function find(challengeId: string, ledger: Deps['ledger']): Challenge | undefined {
  const intent = ledger.findIntentOf(challengeId)
  const asked = intent && challengeIn(intent, challengeId)
  return asked && { challengeId, intent, asked }
}

function showOver(res: Response, { intent, asked }: Challenge): void {
  const words = OVER[statusOf(intent)] ?? 'This payment is not waiting for you any more.'
  const link =
    asked.returnUrl === undefined ? '' : html`<a class="button" href="${asked.returnUrl}">Back to the shop</a>`
  sendPage(res, 200, 'Nothing to confirm', html`<h1>${words}</h1><p class="row">${link}</p>`)
}

const OVER: Record<string, string> = {
  succeeded: 'This payment is made.',
  processing: 'This payment is being processed.',
  canceled: 'This payment was cancelled.',
  requires_payment_method: 'This payment was not made.',
}
