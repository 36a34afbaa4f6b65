type Format = { text: Intl.NumberFormat; unitsPerWhole: number }

const formats = new Map<string, Format>() // making one takes a hundred times as long as using it

/** An amount for people, `€1,234.50`, from the currency's smallest unit. */
export function formatMoney(cents: number, currency: string): string {
  const { text, unitsPerWhole } = formatOf(currency)
  return text.format(cents / unitsPerWhole)
}

function formatOf(currency: string): Format {
  const known = formats.get(currency)
  if (known !== undefined) return known
  const text = new Intl.NumberFormat('en', { style: 'currency', currency })
  const format = { text, unitsPerWhole: 10 ** (text.resolvedOptions().maximumFractionDigits ?? 2) }
  formats.set(currency, format)
  return format
}
