import type { Language } from '../../shared/customer-events.ts'

type Format = { text: Intl.NumberFormat; unitsPerWhole: number; shown: Map<number, string> }

const REMEMBERED = 5_000 // amounts of a format: a shop has few prices, and each stands in a mail four times
const formats = new Map<string, Format>() // making one takes a hundred times as long as using it

/** An amount for people, `€1,234.50`, from the currency's smallest unit. */
export function formatMoney(cents: number, currency: string, language: Language): string {
  const { text, unitsPerWhole, shown } = formatOf(currency, language)
  const amount = shown.get(cents) ?? text.format(cents / unitsPerWhole)
  if (shown.size >= REMEMBERED) shown.clear()
  shown.set(cents, amount)
  return amount
}

function formatOf(currency: string, language: Language): Format {
  const name = `${language} ${currency}`
  const known = formats.get(name)
  if (known !== undefined) return known
  const text = new Intl.NumberFormat(language, { style: 'currency', currency })
  const format = { text, unitsPerWhole: 10 ** (text.resolvedOptions().maximumFractionDigits ?? 2), shown: new Map() }
  formats.set(name, format)
  return format
}
