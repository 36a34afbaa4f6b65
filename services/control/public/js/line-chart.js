import { h, s, setText } from '/assets/js/dom.js'
import { number, t } from '/assets/js/text.js'

const HEIGHT = 60

/**
 * A small chart of the last minutes, one point a second.
 * @param {{ title: string, lines: { look: string, label: string, read: (point: import('./room.js').Point) => number | null }[], isWhole: boolean }} options
 */
export function createLineChart({ title, lines, isWhole }) {
  const drawn = lines.map((line) => ({
    ...line,
    path: s('path', { class: line.look, 'vector-effect': 'non-scaling-stroke' }),
    now: h('b', {}, '–'),
  }))
  const peak = h('span', { class: 'peak' })
  const svg = s(
    'svg',
    { viewBox: `0 0 180 ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': title },
    s('path', {
      class: 'grid',
      d: `M0 ${HEIGHT}H180M0 ${HEIGHT / 2}H180M0 0H180`,
      'vector-effect': 'non-scaling-stroke',
    }),
    ...drawn.map(({ path }) => path),
  )
  const legend = h(
    'p',
    { class: 'legend' },
    ...drawn.toReversed().map(({ look, label, now }) => h('span', { class: look }, label, ' ', now)),
  )
  const element = h(
    'figure',
    { class: 'chart' },
    h('figcaption', {}, h('h2', {}, title), legend),
    svg,
    h('p', { class: 'axis' }, h('span', {}, t('chart.span')), peak),
  )
  return {
    element,
    show: (/** @type {import('./room.js').Snapshot} */ { chart }) => {
      const points = chart.slice(0, -1) // the last second is not over yet
      const most = Math.max(0, ...drawn.flatMap(({ read }) => points.map((point) => read(point) ?? 0)))
      const ceiling = ceilingFor(Math.max(most, isWhole ? 1 : 10))
      for (const { path, now, read } of drawn) {
        const values = points.map(read)
        path.setAttribute('d', pathOf(values, ceiling, chart.length))
        setText(now, number(values.findLast((value) => value !== null) ?? 0))
      }
      setText(peak, t('chart.peak', { value: number(most) }))
      svg.setAttribute('aria-label', `${title}, ${t('chart.span')}, ${t('chart.peak', { value: number(most) })}`)
    },
  }
}

/** A round one keeps the scale still while the values move. */
function ceilingFor(/** @type {number} */ most) {
  const magnitude = 10 ** Math.floor(Math.log10(most))
  return [1, 2, 5, 10].map((step) => step * magnitude).find((step) => step >= most) ?? most
}

/** @param {(number | null)[]} values @param {number} ceiling @param {number} width */
function pathOf(values, ceiling, width) {
  let isDown = false
  const steps = values.map((value, i) => {
    if (value === null) {
      isDown = false
      return ''
    }
    const place = `${((i * 180) / (width - 2)).toFixed(1)} ${(HEIGHT - (value / ceiling) * HEIGHT).toFixed(1)}`
    const step = isDown ? `L${place}` : `M${place}h.4`
    isDown = true
    return step
  })
  return steps.join('')
}
