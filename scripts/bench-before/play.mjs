// Plays one round of the contestant that is ours with the bench of the clone it is run in, and prints its figures.
//   node scripts/setup.mjs --for start --run <this file> <contest> [size] [contestant]
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const [name, size = '', contestant = ''] = process.argv.slice(2)
const { contests } = await load('contests.js')
const { playContest } = await load('rounds.js')
const contest = contests.find((one) => one.name === name)
if (contest === undefined) throw new Error(`there is no contest called ${name}`)
const player = contest.contestants.find((one) => one.name === contestant) ?? contest.contestants[0]
const own = { ...contest, size: Number(size) || contest.size, contestants: [player] }

mkdirSync('.bench', { recursive: true })
const folder = mkdtempSync(resolve('.bench', 'run-'))
const tell = { played: () => {}, failed: (...[, , , error]) => console.error(error), said: () => {} }
const { rounds, failures } = await playContest(own, { folder, isQuick: false, rounds: 1, tell })
rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
if (failures.length > 0) process.exit(1)
console.log(`figures: ${JSON.stringify(rounds[0][player.name])}`)
process.exit(0)

function load(file) {
  return import(pathToFileURL(resolve('dist', 'bench', file)).href)
}
