import type { Contact } from './contacts.ts'
import { formatMoney } from './money.ts'
import type { Wording } from './wording.ts'

const WIDTH = 64 // characters; no mail program breaks such a line

/** A wording as plain text, with the link to the order. */
export function renderText(wording: Wording, { name, number, currency }: Contact, link: string): string {
  const lines = wording.lines.map((line) =>
    ruled(`${line.quantity} × ${line.name}`, formatMoney(line.quantity * line.unitPriceCents, currency)),
  )
  const { amount } = wording
  const total = amount === null ? [] : [ruled(amount.label, formatMoney(amount.cents, amount.currency))]
  const blocks = [
    `Hello ${name},`,
    ...wording.paragraphs,
    lines.join('\n'),
    total.join('\n'),
    `${wording.invitation ?? 'Your order, as it stands now'}:\n${link}`,
    `Order ${number}\nOrderline`,
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

/** Two texts at the two ends of a line. */
function ruled(left: string, right: string): string {
  return `${left} `.padEnd(WIDTH - right.length - 1, '.').concat(' ', right)
}
