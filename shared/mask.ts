const MASKED = '•••'

const PERSONAL = /name|mail|phone|street|address|city|zip|postal|recipient/i
const EMAIL = /[^\s@<>()[\],;:"]+@[^\s@<>()[\],;:"]+/g
const PHONE = /(?<![\w-])\+?\d[\d\s()/.-]{6,}\d(?![\w-])/g

/**
 * The same data without anybody's name, e-mail, phone number or street: for people who look at how a shop works, not at
 * who buys there. Texts that stand under a personal name are masked whole; in all others what looks like an e-mail or a
 * phone number is. What goods are called is nobody's: a `name` beside a `sku` stays.
 */
export function mask(data: unknown, isPersonal = false): unknown {
  if (typeof data === 'string') return isPersonal ? MASKED : data.replaceAll(EMAIL, MASKED).replaceAll(PHONE, MASKED)
  if (typeof data === 'number') return isPersonal ? 0 : data
  if (Array.isArray(data)) return data.map((one) => mask(one, isPersonal))
  if (typeof data !== 'object' || data === null) return data
  const isGoods = 'sku' in data
  const fields = Object.entries(data).map(([key, value]) => {
    const isTold = isGoods && key === 'name'
    return [key, mask(value, isPersonal || (PERSONAL.test(key) && !isTold))] as const
  })
  return Object.fromEntries(fields)
}
