// Whether a tree is as fast as an earlier one: plays what is ours of a contest in two clones in turn, and tells the ratio.
//   node scripts/bench-before.mjs <clone before> <clone now> [--contest pipeline] [--figure ordersPerSecond] [--rounds 5] [--size n]
// Each clone plays with its own bench, packages and Node; both are made ready first. Exits with 0 when the median of the ratios is
// at least 0.97 (for what an order costs, at most 1 / 0.97), with 1 when it is not, with 2 when the command line makes no sense.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const WANTED = 0.97
const PLAY = fileURLToPath(new URL('bench-before/play.mjs', import.meta.url))
const MARK = 'figures: '

const { clones, contest, figure, rounds, size } = readArguments()
const ratios = []
for (let round = 1; round <= rounds; round++) {
  const found = new Map()
  for (const clone of round % 2 === 1 ? clones : clones.toReversed()) found.set(clone, await play(clone))
  const [before, now] = clones.map((clone) => found.get(clone))
  ratios.push(now / before)
  console.log(
    `round ${round} of ${rounds}: before ${shown(before)}, now ${shown(now)}, ratio ${(now / before).toFixed(3)}`,
  )
}
const isRate = /perSecond$/i.test(figure) // what is not one is a cost: the less, the better
const wanted = isRate ? WANTED : 1 / WANTED
const sorted = ratios.toSorted((a, b) => a - b)
const median = (sorted[Math.floor((rounds - 1) / 2)] + sorted[Math.ceil((rounds - 1) / 2)]) / 2
const isReached = isRate ? median >= wanted : median <= wanted
console.log(
  `${contest}, ${figure}, now : before ${median.toFixed(3)} (${sorted[0].toFixed(3)}–${sorted.at(-1).toFixed(3)}), ` +
    `wanted ${isRate ? '≥' : '≤'} ${wanted.toFixed(2)}: ${isReached ? 'reached' : 'not reached'}`,
)
process.exit(isReached ? 0 : 1)

function readArguments() {
  const options = {
    contest: { type: 'string', default: 'pipeline' },
    figure: { type: 'string', default: 'ordersPerSecond' },
    rounds: { type: 'string', default: '5' },
    size: { type: 'string', default: '' },
  }
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const clones = positionals.map((folder) => resolve(folder))
  if (clones.length !== 2) refuse('two folders are needed: a clone of the tree before, and one of the tree now')
  for (const clone of clones)
    if (!existsSync(join(clone, 'scripts/setup.mjs'))) refuse(`${clone} is no clone of this shop`)
  const rounds = Number(values.rounds)
  if (!Number.isInteger(rounds) || rounds < 1) refuse(`--rounds ${values.rounds} is not a whole number above 0`)
  if (!/^\d*$/.test(values.size)) refuse(`--size ${values.size} is not a number of orders`)
  return { ...values, clones, rounds }
}

function refuse(why) {
  console.error(why)
  process.exit(2)
}

/** One play of what is ours, in a process of its own. Returns the figure. */
async function play(clone) {
  const setUp = [join(clone, 'scripts/setup.mjs'), '--for', 'start', '--run', PLAY, contest, size]
  const child = spawn(process.execPath, setUp, { cwd: clone, stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text) => (said += text))
  const code = await new Promise((done) => child.once('close', done))
  const line = said.split('\n').find((one) => one.startsWith(MARK))
  if (code !== 0 || line === undefined) throw new Error(`the bench of ${clone} failed\n${said}`)
  const found = JSON.parse(line.slice(MARK.length))[figure]
  if (found === undefined) throw new Error(`${contest} has no figure ${figure}: ${line}`)
  return found
}

function shown(value) {
  return value.toLocaleString('en', { maximumSignificantDigits: 4 })
}
