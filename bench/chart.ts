import type { Contest } from './contest.ts'
import { figureOf, ratioOf } from './judge.ts'
import { inWords } from './number.ts'
import type { Played } from './rounds.ts'

/** The contests that are drawn, in this order, and what stands above them. */
const titles = new Map([
  ['pipeline', 'Pipeline: from the outbox to the final state, through all services'],
  ['queue', 'Queue alone: messages that do nothing'],
  ['intake', 'Intake: POST /api/orders'],
  ['memory', 'Redis memory per waiting order'],
])

const WIDTH = 720
const MARGIN = 24
const TITLE_HEIGHT = 40
const ROW_HEIGHT = 38
const BAR_HEIGHT = 10
const GROUP_GAP = 18
const NAME_CHARS_MAX = 56 // more would run into the figure on the right

type Bar = { name: string; isOurs: boolean; figure: string; share: number }
type Group = { title: string; bars: Bar[] }
type Result = { contest: Contest; played: Played }

/** Draws ours beside the others, in light or dark as the reader's system is: an SVG without scripts. */
export function chartOf(results: Result[]): string {
  const groups = [...titles].flatMap(([name, title]) => {
    const result = results.find(({ contest }) => contest.name === name)
    return result === undefined ? [] : [groupOf(title, result)]
  })
  let top = MARGIN
  const drawn = groups.map((group) => {
    const text = drawGroup(group, top)
    top += TITLE_HEIGHT + group.bars.length * ROW_HEIGHT + GROUP_GAP
    return text
  })
  return frame(top - GROUP_GAP, drawn.join('\n'))
}

/** The figure that counts is the one of the first goal. */
function groupOf(title: string, { contest, played: { rounds } }: Result): Group {
  const [goal] = contest.goals
  const figure = goal?.figure ?? Object.keys(contest.units)[0] ?? ''
  const ours = contest.contestants[0]?.name ?? ''
  const found = contest.contestants.flatMap(({ name }) => {
    const median = figureOf(rounds, name, figure)?.median
    return median === undefined ? [] : [{ name, median, ratio: ratioOf(rounds, ours, name, figure)?.median }]
  })
  const most = Math.max(...found.map(({ median }) => median))
  const bars = found.map(({ name, median, ratio }) => {
    const isOurs = name === ours
    const told = `${inWords(median)} ${contest.units[figure] ?? ''}`
    return { name, isOurs, figure: isOurs || !ratio ? told : `${told} · ours ${inWords(ratio)}×`, share: median / most }
  })
  return { title: goal?.atMost === undefined ? title : `${title} (less is better)`, bars }
}

function drawGroup({ title, bars }: Group, top: number): string {
  const rows = bars.map((bar, i) => drawBar(bar, top + TITLE_HEIGHT + i * ROW_HEIGHT))
  return [`<text class="title" x="${MARGIN}" y="${top + 14}">${escaped(title)}</text>`, ...rows].join('\n')
}

function drawBar({ name, isOurs, figure, share }: Bar, top: number): string {
  const kind = isOurs ? 'ours' : 'other'
  const full = WIDTH - 2 * MARGIN
  const rect = (className: string, width: number) =>
    `<rect class="${className}" x="${MARGIN}" y="${top + 8}" width="${width.toFixed(1)}" height="${BAR_HEIGHT}" rx="3"/>`
  return [
    `<text class="${kind}" x="${MARGIN}" y="${top}">${escaped(shortened(name))}</text>`,
    `<text class="${kind}" x="${WIDTH - MARGIN}" y="${top}" text-anchor="end">${escaped(figure)}</text>`,
    rect('rail', full),
    rect(`bar ${kind}`, Math.max(2, full * share)),
  ].join('\n')
}

function frame(height: number, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="what">
<title id="what">Orderline beside other ways to do the same work, as npm run bench has measured them</title>
<style>${STYLE}</style>
<rect class="paper" width="${WIDTH}" height="${height}" rx="12"/>
${content}
</svg>
`
}

const STYLE = `
text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #5d6058 }
text.title { font-size: 15px; font-weight: 600; fill: #1d1f1b }
text.ours { font-weight: 600; fill: #0f5f4a }
.paper { fill: #f8f6f1 } .rail { fill: #efece4 } .bar.other { fill: #a3a79b } .bar.ours { fill: #0f5f4a }
@media (prefers-color-scheme: dark) {
  text { fill: #a3a79b } text.title { fill: #eceae2 } text.ours { fill: #6fcfae }
  .paper { fill: #141513 } .rail { fill: #232622 } .bar.other { fill: #5d6058 } .bar.ours { fill: #6fcfae }
}`

function shortened(name: string): string {
  return name.length <= NAME_CHARS_MAX ? name : `${name.slice(0, NAME_CHARS_MAX - 1)}…`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
