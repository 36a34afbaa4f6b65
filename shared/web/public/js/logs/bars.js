export const WIDTH = 240
export const HEIGHT = 60
const LEAST = 1.5 // what is there at all is seen

/** A bar for each value, from left to right and from the bottom; the highest is `most`. @param {number[]} values @param {number} most */
export function barsOf(values, most) {
  if (most === 0) return ''
  const wide = WIDTH / values.length
  return values
    .map((value, i) => {
      const high = value === 0 ? 0 : Math.max(LEAST, (value / most) * HEIGHT)
      return high === 0
        ? ''
        : `M${(i * wide).toFixed(2)} ${HEIGHT}v${-high.toFixed(2)}h${(wide * 0.86).toFixed(2)}v${high.toFixed(2)}z`
    })
    .join('')
}
