import type { Sms } from './sms.ts'
import { wordsIn } from './words/words.ts'

/** What an SMS says. Short: what is longer than 160 characters, or 70 in Chinese, is sent and paid in pieces. */
export function bodyOf({ kind, language, number, orderState }: Said, code: string): string {
  const { sms, states } = wordsIn(language)
  switch (kind) {
    case 'code':
      return sms.code(code)
    case 'known':
      return sms.known
    case 'order':
      return sms.order(number ?? '', states[orderState ?? ''] ?? orderState ?? '')
  }
}

/** What of it the words depend on. */
type Said = Pick<Sms, 'kind' | 'language' | 'number' | 'orderState'>
