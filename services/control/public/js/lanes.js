import { html } from '/assets/vendor/htm-preact.js'

/** @import { Way } from './topology.js' */

const WIDTH = 1_000 // of the drawing, which is stretched to the width of the stations
const STEP_PX = 12 // from level to level
const ASIDE = 16 // from line to line at a station
const ROUND = 8

/**
 * What services tell each other beyond their neighbours: drawn over the stations, or, where it goes back, under them. `lit` is
 * whose lines stand out, if any.
 * @param {{ place: 'over' | 'under', ways: Way[], main: readonly string[], lit: string | null }} props
 */
export function Lane({ place, ways, main, lit }) {
  const here = ways.filter((way) => way.place === place)
  const heightPx = (Math.max(-1, ...here.map(({ level }) => level)) + 1) * STEP_PX + 9
  const line = (/** @type {Way} */ way) => {
    const { a, b, way: path, head } = drawn(way, main, heightPx)
    const look = lit === null ? '' : [way.from, way.to].includes(lit) ? 'lit' : 'dim'
    return {
      svg: html`<g class=${look}><path d=${path} vector-effect="non-scaling-stroke" /><path class="head" d=${head} vector-effect="non-scaling-stroke" /></g>`,
      word: html`<span class=${look} title=${way.events.join(', ')} style=${wordAt(way, a, b)}>${wordsOf(way)}</span>`,
    }
  }
  const lines = here.map(line)
  return html`
    <div class=${`lane ${place}`} aria-hidden="true" style=${{ '--high': `${heightPx}px` }}>
      <svg viewBox=${`0 0 ${WIDTH} ${heightPx}`} preserveAspectRatio="none" focusable="false">${lines.map(({ svg }) => svg)}</svg>
      ${lines.map(({ word }) => word)}
    </div>`
}

/** Lines to and from one station stand beside each other, the longest outermost, so that none crosses another. @param {Way} way @param {readonly string[]} main @param {number} heightPx */
function drawn({ from, to, place, level }, main, heightPx) {
  const sign = place === 'over' ? 1 : -1
  const a = middleOf(from, main) - sign * level * ASIDE + sign * ASIDE
  const b = middleOf(to, main) + sign * level * ASIDE - sign * ASIDE
  const [near, far] = place === 'over' ? [heightPx, heightPx - 9 - level * STEP_PX] : [0, 9 + level * STEP_PX]
  const bend = place === 'over' ? far + ROUND : far - ROUND
  const way = `M${a} ${near}V${bend}Q${a} ${far} ${a + sign * ROUND} ${far}H${b - sign * ROUND}Q${b} ${far} ${b} ${bend}V${near}`
  const head =
    place === 'over' ? `M${b - 4} ${near - 5}L${b} ${near}L${b + 4} ${near - 5}` : `M${b - 4} 5L${b} 0L${b + 4} 5`
  return { a, b, way, head }
}

/** @param {Way} way @param {number} a @param {number} b */
function wordAt({ level }, a, b) {
  return { '--at': `${(a + b) / 2 / (WIDTH / 100)}%`, '--level': level }
}

/** @param {Way} way */
const wordsOf = ({ events: [first, ...others] }) => (others.length > 0 ? `${first} +${others.length}` : first)

/** Where the middle of a station is. @param {string} name @param {readonly string[]} main */
const middleOf = (name, main) => ((main.indexOf(name) + 0.5) * WIDTH) / main.length
