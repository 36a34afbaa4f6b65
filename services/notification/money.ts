const formats = new Map<string, Intl.NumberFormat>() // making one takes a hundred times as long as using it

/** An amount for people, `€1,234.50`, from the currency's smallest unit. */
export function formatMoney(cents: number, currency: string): string {
  const format = formatOf(currency)
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(cents / 10 ** digits)
}

function formatOf(currency: string): Intl.NumberFormat {
  const format = formats.get(currency) ?? new Intl.NumberFormat('en', { style: 'currency', currency })
  formats.set(currency, format)
  return format
}
