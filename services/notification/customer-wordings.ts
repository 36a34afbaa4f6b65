import type { Language } from '../../shared/customer-events.ts'
import type { Sms } from './sms.ts'
import type { CustomerKind, Wording } from './wording.ts'
import { wordsIn } from './words/words.ts'

type CustomerWording = Wording<CustomerKind>

/** A mail with a link: to prove an address, or to choose a password. */
export function asking(kind: 'welcome' | 'known' | 'verify' | 'reset', language: Language): CustomerWording {
  const said = wordsIn(language)[kind]
  return { ...plain(kind, said.subject, said.headline, said.paragraphs), invitation: said.invitation }
}

/** Instead of an SMS with a code: the same code. */
export function codeByMail({ language, phone }: Sms, code: string): CustomerWording {
  const said = wordsIn(language).code
  return plain('code', said.subject, said.headline, said.says(phone, code))
}

/** Instead of any other SMS: what it would have said. */
export function insteadOf({ language, phone, kind, number, orderState }: Sms): CustomerWording {
  const { instead, states, orderIs } = wordsIn(language)
  const message = kind === 'order' ? orderIs(number ?? '', states[orderState ?? ''] ?? orderState ?? '') : instead.known
  return plain('instead', instead.subject, instead.headline, [instead.says(phone), message])
}

function plain(kind: CustomerKind, subject: string, headline: string, paragraphs: string[]): CustomerWording {
  return { kind, tone: 'calm', subject, headline, paragraphs, lines: [], amount: null }
}
