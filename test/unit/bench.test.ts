import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from '@jest/globals'
import { readArguments } from '../../bench/arguments.ts'
import { chartOf } from '../../bench/chart.ts'
import type { Contest, Contestant } from '../../bench/contest.ts'
import { contests } from '../../bench/contests.ts'
import { judge, ratioOf } from '../../bench/judge.ts'
import { type Found, playContest, rotated } from '../../bench/rounds.ts'
import { percentile, spreadOf } from '../../bench/stats.ts'
import { tableOf } from '../../bench/table.ts'
import { familyCpuMsOf } from '../../bench/usage.ts'
import { BadCommandLine } from '../../terminal/command-line.ts'

const contestant = (name: string, play: Contestant['play'] = async () => ({ perSecond: 1 })) => ({ name, play })

const contest = (parts: Partial<Contest> = {}): Contest => ({
  name: 'intake',
  what: 'What is measured.',
  units: { perSecond: 'orders/s' },
  size: 100,
  quickSize: 10,
  rounds: 2,
  contestants: [contestant('ours'), contestant('theirs')],
  goals: [],
  ...parts,
})

const rounds: Found[] = [
  { ours: { perSecond: 100 }, theirs: { perSecond: 10 } },
  { ours: { perSecond: 30 }, theirs: { perSecond: 10 } },
  { ours: { perSecond: 60 }, theirs: { perSecond: 30 } },
]

describe('the figures of the bench', () => {
  it('are the median of the rounds, and between what they lay', () => {
    expect(spreadOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 })
    expect(spreadOf([1, 2, 3, 10])).toEqual({ median: 2.5, min: 1, max: 10 })
    expect(spreadOf([])).toBeUndefined()
  })

  it('have percentiles that sort by size and not by letter', () => {
    expect(percentile([9, 100, 10], 0.5)).toBe(10)
    const hundred = Array.from({ length: 101 }, (_, i) => i)

    expect(percentile(hundred, 0.99)).toBe(99)
  })

  it('are divided within each round, and only then counted together', () => {
    expect(ratioOf(rounds, 'ours', 'theirs', 'perSecond')).toEqual({ median: 3, min: 2, max: 10 })
  })

  it('leave out a round in which one of the two has failed', () => {
    const gappy: Found[] = [...rounds, { ours: { perSecond: 1 } }, { theirs: { perSecond: 1 } }]

    expect(ratioOf(gappy, 'ours', 'theirs', 'perSecond')).toEqual({ median: 3, min: 2, max: 10 })
  })
})

describe('a goal of the bench', () => {
  const verdictOn = (goal: object) =>
    judge(contest({ goals: [{ figure: 'perSecond', ours: 'ours', ...goal }] }), rounds)

  it.each([
    [{ atLeast: 60 }, true],
    [{ atLeast: 61 }, false],
    [{ atMost: 60 }, true],
    [{ atMost: 59 }, false],
    [{ than: 'theirs', atLeast: 3 }, true],
    [{ than: 'theirs', atLeast: 3.1 }, false],
    [{ than: 'nobody', atLeast: 1 }, undefined],
    [{ figure: 'nothing', atLeast: 1 }, undefined],
  ])('%j is reached: %s', (goal, isReached) => {
    expect(verdictOn(goal)[0]?.isReached).toBe(isReached)
  })
})

describe('the contests', () => {
  const names = contests.map(({ name }) => name)

  it('are asked for by their names, or by what several of them begin with', () => {
    expect(readArguments(['logs', 'live', 'alerts'], names).names).toEqual([
      ...['logs', 'logs-beside', 'logs-kills', 'live', 'live-beside', 'live-kills'],
      'alerts',
    ])
    expect(new Set(names).size).toBe(names.length)
  })

  it.each(contests)('have goals that can be judged: $name', ({ contestants, units, goals }) => {
    const players = contestants.map(({ name }) => name)

    for (const { figure, ours, than = ours, atLeast, atMost } of goals) {
      expect(Object.keys(units)).toContain(figure)
      expect(players).toEqual(expect.arrayContaining([ours, than]))
      expect(atLeast ?? atMost).toBeDefined()
    }
  })
})

describe('the contests on PostgreSQL', () => {
  const onPostgres = contests.filter(({ cannotPlay }) => cannotPlay !== undefined)
  const programs = process.env.POSTGRES_BIN
  afterEach(() => {
    process.env.POSTGRES_BIN = programs ?? ''
  })

  it('say in words that there is none', () => {
    process.env.POSTGRES_BIN = ''

    expect(onPostgres.map(({ name }) => name)).toEqual(['postgres', 'postgres-instances', 'engines'])
    for (const { cannotPlay } of onPostgres) expect(cannotPlay?.()).toMatch(/^there is no PostgreSQL on this machine: /)
  })

  it('are played where there is one', () => {
    process.env.POSTGRES_BIN = '/somewhere'

    for (const { cannotPlay } of onPostgres) expect(cannotPlay?.()).toBeUndefined()
  })

  it('are left out by the command where there is none, which is no failure', async () => {
    const env = { ...process.env, POSTGRES_BIN: '' }
    const args = ['dist/bench/main.js', 'postgres', 'engines', '--quick']

    const { stdout } = await promisify(execFile)(process.execPath, args, { env })

    expect(stdout.match(/Not played: there is no PostgreSQL/g)).toHaveLength(3)
  })
})

describe('what a process has used', () => {
  it('includes what a child had taken that is gone', () => {
    const before = familyCpuMsOf(process.pid)
    if (before === undefined) return // a system that does not tell
    execFileSync(process.execPath, ['-e', 'while (process.cpuUsage().user < 300_000);'])

    expect((familyCpuMsOf(process.pid) ?? 0) - before).toBeGreaterThan(100)
  })
})

describe('the rounds', () => {
  it('begin with another contestant each time', () => {
    expect([0, 1, 2, 3].map((round) => rotated(['a', 'b', 'c'], round).join(''))).toEqual(['abc', 'bca', 'cab', 'abc'])
  })

  it('go on when a play fails, and say so', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'orderline-bench-'))
    const told: string[] = []
    const tell = {
      played: (_contest: Contest, { name }: Contestant) => void told.push(name),
      failed: (_contest: Contest, { name }: Contestant) => void told.push(`${name} failed`),
      said: () => {},
    }
    const fail = contestant('theirs', () => Promise.reject(new Error('no luck')))
    const failing = contest({ contestants: [contestant('ours'), fail] })

    const played = await playContest(failing, { folder, isQuick: true, rounds: 2, tell })

    expect(told).toEqual(['ours', 'theirs failed', 'theirs failed', 'ours'])
    expect(played.rounds).toEqual([{ ours: { perSecond: 1 } }, { ours: { perSecond: 1 } }])
    expect(played.failures).toEqual(['theirs, round 1: no luck', 'theirs, round 2: no luck'])
    rmSync(folder, { recursive: true })
  })
})

describe('the command line of the bench', () => {
  const names = ['intake', 'latency', 'latency-at-load']

  it('plays everything, or what is named', () => {
    expect(readArguments([], names).names).toEqual(names)
    expect(readArguments(['latency', '--rounds', '3'], names)).toMatchObject({ names: names.slice(1), rounds: 3 })
  })

  it.each([
    [['intka'], 'there is no contest called intka'],
    [['--rounds', '0'], '--rounds 0 is not a whole number above 0'],
    [['--rounds', 'many'], '--rounds many is not a whole number above 0'],
    [['--fast'], "Unknown option '--fast'"],
  ])('%j is refused in words', (given, why) => {
    const reading = () => readArguments(given, names)

    expect(reading).toThrow(BadCommandLine)
    expect(reading).toThrow(why)
    expect(reading).toThrow('Usage: npm run bench')
  })
})

describe('what the bench shows', () => {
  const results = [
    {
      contest: contest({
        contestants: [contestant('ours'), contestant('<others> & such')],
        goals: [{ figure: 'perSecond', ours: 'ours', than: '<others> & such', atLeast: 2 }],
      }),
      played: {
        contest: 'intake',
        size: 1,
        rounds: [{ ours: { perSecond: 9_000 }, '<others> & such': { perSecond: 4_000 } }],
        failures: [],
      },
    },
  ]
  const machine = {
    cpus: 2,
    model: 'A',
    memoryGb: 4,
    system: 'Linux',
    node: 'v22',
    redis: '7',
    fsyncMs: 0.5,
    loadAverage: 0,
  }
  const run = { date: '2026-01-01T00:00:00.000Z', isQuick: true, machine }

  it('is a chart that is well-formed XML', () => {
    const svg = chartOf(results)

    expect(opened(svg)).toEqual([])
    expect(svg).toContain('&lt;others&gt; &amp; such')
    expect(svg).toContain('4,000 orders/s · ours 2.25×')
  })

  it('is a table with the verdict on every goal', () => {
    const lines = tableOf(results, run).split('\n')
    const rows = lines.map((line) => line.split('|').map((cell) => cell.trim()))

    expect(rows).toContainEqual(['', 'intake', 'ours', 'perSecond (orders/s)', '9,000', '', ''])
    expect(rows).toContainEqual(['', 'intake', 'perSecond: ours : <others> & such', '2.25', '≥ 2', 'yes', ''])
  })
})

/** The elements of an XML text that are not closed, or closed by another; text with bare `<` or `&` counts, too. */
function opened(xml: string): string[] {
  const open: string[] = []
  const rest = xml.replaceAll(/<(\/?)([a-z]+)((?: [\w:-]+="[^"<&]*")*)(\/?)>/g, (_, end, name, __, empty) => {
    if (end === '/' && open.at(-1) === name) open.pop()
    else if (empty !== '/') open.push(end + name)
    return ''
  })
  return [...open, ...(rest.match(/<|&(?!(amp|lt|gt);)/g) ?? [])]
}
