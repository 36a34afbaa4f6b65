export const WIDTH = 180
export const HEIGHT = 60
const LATEST_S = 10

/** A round ceiling keeps the scale still while the values move. */
export function ceilingFor(/** @type {number} */ most) {
  const magnitude = 10 ** Math.floor(Math.log10(most))
  return [1, 2, 5, 10].map((step) => step * magnitude).find((step) => step >= most) ?? most
}

/** The mean of the last ten seconds; null before there were any. */
export function meanOf(/** @type {(number | null)[]} */ values) {
  const known = values.slice(-LATEST_S).filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}

/** One value after another, from left to right, with a gap where there is none. */
export function pathOf(/** @type {(number | null)[]} */ values, /** @type {number} */ ceiling) {
  let isDown = false
  const steps = values.map((value, i) => {
    if (value === null) {
      isDown = false
      return ''
    }
    const x = ((i * WIDTH) / (values.length - 1)).toFixed(1)
    const place = `${x} ${(HEIGHT - (value / ceiling) * HEIGHT).toFixed(1)}`
    const step = isDown ? `L${place}` : `M${place}h.4`
    isDown = true
    return step
  })
  return steps.join('')
}

/** The area above `low` and below `high`, wherever `high` is higher. @param {number[]} low @param {number[]} high @param {number} ceiling */
export function areaBetween(low, high, ceiling) {
  const place = (/** @type {number} */ value, /** @type {number} */ i) =>
    `${((i * WIDTH) / Math.max(1, low.length - 1)).toFixed(1)} ${(HEIGHT - (value / ceiling) * HEIGHT).toFixed(1)}`
  const over = high.map((value, i) => place(Math.max(value, low[i] ?? 0), i))
  const under = low.map((value, i) => place(value, i)).reverse()
  return over.length === 0 ? '' : `M${[...over, ...under].join('L')}Z`
}
