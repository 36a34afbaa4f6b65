import type { Language } from '../../shared/customer-events.ts'
import { remembered } from '../../shared/remembered.ts'

type Format = (cents: number) => string

const AMOUNTS = 5_000 // of a format: a shop has few prices, and each stands in a mail four times
const formats = new Map<string, Format>() // making one takes a hundred times as long as using it

/** An amount for people, `€1,234.50`, from the currency's smallest unit. */
export const formatMoney = (cents: number, currency: string, language: Language): string =>
  formatOf(currency, language)(cents)

function formatOf(currency: string, language: Language): Format {
  const name = `${language} ${currency}`
  const known = formats.get(name)
  if (known !== undefined) return known
  const text = new Intl.NumberFormat(language, { style: 'currency', currency })
  const unitsPerWhole = 10 ** (text.resolvedOptions().maximumFractionDigits ?? 2)
  const format = remembered(AMOUNTS, (cents: number) => text.format(cents / unitsPerWhole))
  formats.set(name, format)
  return format
}
