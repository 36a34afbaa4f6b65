import type { Language } from '../../shared/customer-events.ts'

type Format = { text: Intl.NumberFormat; unitsPerWhole: number }

const formats = new Map<string, Format>() // making one takes a hundred times as long as using it

/** An amount for people, `€1,234.50`, from the currency's smallest unit. */
export function formatMoney(cents: number, currency: string, language: Language): string {
  const { text, unitsPerWhole } = formatOf(currency, language)
  return text.format(cents / unitsPerWhole)
}

function formatOf(currency: string, language: Language): Format {
  const name = `${language} ${currency}`
  const known = formats.get(name)
  if (known !== undefined) return known
  const text = new Intl.NumberFormat(language, { style: 'currency', currency })
  const format = { text, unitsPerWhole: 10 ** (text.resolvedOptions().maximumFractionDigits ?? 2) }
  formats.set(name, format)
  return format
}
