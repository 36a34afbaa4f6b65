import type { Frame } from './compose-mail.ts'
import { formatMoney } from './money.ts'
import type { Wording } from './wording.ts'
import { type Words, wordsIn } from './words/words.ts'

const WIDTH = 64 // characters; no mail program breaks such a line

/** A wording as plain text, with its links. */
export function renderText(wording: Wording, frame: Frame): string {
  const { name, language, currency } = frame
  const words = wordsIn(language)
  const shown = (cents: number, of: string) => formatMoney(cents, of, language)
  const lines = wording.lines.map((line) =>
    ruled(`${line.quantity} × ${line.name}`, shown(line.quantity * line.unitPriceCents, currency)),
  )
  const { amount } = wording
  const total = amount === null ? [] : [ruled(amount.label, shown(amount.cents, amount.currency))]
  const blocks = [
    words.hello(name),
    ...wording.paragraphs,
    lines.join('\n'),
    total.join('\n'),
    ...linksOf(wording, frame, words),
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

function linksOf({ invitation }: Wording, { number, link, unsubscribe, footing }: Frame, words: Words): string[] {
  const leads = (said: string, url: string | null) => (url === null ? '' : `${words.invite(said)}\n${url}`)
  const about = number === null ? 'Orderline' : `${words.order(number)}\nOrderline`
  return [leads(invitation ?? words.orderNow, link), about, leads(footing.unsubscribe, unsubscribe)]
}

/** Two texts at the two ends of a line. */
function ruled(left: string, right: string): string {
  return `${left} `.padEnd(WIDTH - right.length - 1, '.').concat(' ', right)
}
