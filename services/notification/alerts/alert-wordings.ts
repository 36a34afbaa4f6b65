import { CURRENCY } from '../../../shared/catalogue.ts'
import { type Mail, mailOf } from '../compose-mail.ts'
import type { AlertMailKind, Wording } from '../wording.ts'
import { alertWordsIn } from '../words/alert-words.ts'
import { wordsIn } from '../words/words.ts'
import type { AlertNames } from './alert-names.ts'
import type { Alert } from './alerts.ts'
import { nameOf } from './products.ts'

type AlertWording = Wording<AlertMailKind>
type Told = Pick<Alert, 'sku' | 'kind' | 'language'>

/** On `alert.asked`: is this address that of who has asked? */
export function asking({ sku, kind, language }: Told): AlertWording {
  const { ask, confirm, onlyThen } = alertWordsIn(language)
  const said = ask[kind]
  const name = nameOf(sku)
  const paragraphs = [said.about(name), ...onlyThen]
  return { ...plain('alert'), subject: said.subject(name), headline: said.headline, paragraphs, invitation: confirm }
}

/** On `alert.due`: it is back, or costs less. */
export function telling({ sku, kind, language }: Told, priceCents: number | undefined): AlertWording {
  const { tell, price, once, seeIt } = alertWordsIn(language)
  const said = tell[kind]
  const name = nameOf(sku)
  return {
    ...plain(kind),
    tone: 'good',
    subject: said.subject(name),
    headline: said.headline,
    paragraphs: [said.about(name), once],
    amount: priceCents === undefined ? null : { label: price, cents: priceCents, currency: CURRENCY },
    invitation: seeIt,
  }
}

const plain = (kind: AlertMailKind): Pick<AlertWording, 'kind' | 'tone' | 'lines' | 'amount'> => ({
  ...{ kind, tone: 'calm', lines: [], amount: null },
})

type Head = Pick<Mail, 'messageId' | 'at'> & { link: string }

/** Makes a mail about an alert. Nobody has told us a name. */
export function composeAlertMail(
  wording: AlertWording,
  { id: about, email, language }: Pick<Alert, 'id' | 'email' | 'language'>,
  { messageId, at, link }: Head,
  { stopAt }: Pick<AlertNames, 'stopAt'>,
): Mail<AlertMailKind> {
  const { about: why, stop } = alertWordsIn(language)
  const name = wordsIn(language).somebody
  const frame = { name, language, number: null, currency: CURRENCY, link, unsubscribe: stopAt(about) }
  return mailOf(
    wording,
    { ...frame, footing: { about: why, unsubscribe: stop } },
    { name: '', email },
    { messageId, about, at },
  )
}
