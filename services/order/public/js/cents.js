/** `12`, `12.5` or `12,50` in cents; null where it is no amount. */
export function centsIn(/** @type {string} */ text) {
  const [, whole, part = ''] = /^\s*(\d{1,9})(?:[.,](\d{1,2}))?\s*$/.exec(text) ?? []
  const cents = whole === undefined ? 0 : Number(whole) * 100 + Number(part.padEnd(2, '0'))
  return cents > 0 ? cents : null
}
