import type { Contact } from './contacts.ts'
import type { Letter } from './letter.ts'
import { formatMoney } from './money.ts'

const WIDTH = 64 // characters; no mail program breaks such a line

/** A letter as plain text. */
export function renderText(letter: Letter, { name, number, currency }: Contact): string {
  const lines = letter.lines.map((line) =>
    ruled(`${line.quantity} × ${line.name}`, formatMoney(line.quantity * line.unitPriceCents, currency)),
  )
  const { amount } = letter
  const total = amount === null ? [] : [ruled(amount.label, formatMoney(amount.cents, amount.currency))]
  const blocks = [
    `Hello ${name},`,
    ...letter.paragraphs,
    lines.join('\n'),
    total.join('\n'),
    `Order ${number}\nOrderline`,
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

/** Two texts at the two ends of a line. */
function ruled(left: string, right: string): string {
  return `${left} `.padEnd(WIDTH - right.length - 1, '.').concat(' ', right)
}
