import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { commandLine } from '../terminal/command-line.ts'
import { everybody } from './aim.ts'
import { engines, kindsOn } from './engines.ts'
import { kinds } from './fault.ts'
import { type Meeting, turns } from './hosts/turn-control.ts'
import { aimOn, enginesIn, kindsIn } from './named-engines.ts'
import type { Plan } from './plan.ts'
import { onHosts, type Scenario, scenarios, settingOf } from './scenarios.ts'
import { mixture, scheduleFaults } from './schedule.ts'

export const usage = `Usage: npm run chaos -- [options]
  --seed <n>                  replays the faults and customers of that seed; by default a new one
  --minutes <n>               how long the faults go on; 1
  --orders <n>                customers, spread over that time; 2500 a minute, 250 with a scenario
  --faults-per-minute <n>     250; 15 with --hosts
  --hosts                     over many hosts, which are network namespaces of this machine: takes root, iproute2, nginx,
                              PostgreSQL and Redis; 300 customers and 15 faults a minute
  --turn none                 with --hosts, a control: no service lets its processes write one after the other, and it must show
  --turn slow                 the same, most orders cancelled and transactions slow to end, but with the turn: all must be well
  --scenario sale             holds sales meanwhile: one with a crowd, and smaller ones one after another
  --buyers <n>                of the crowd; 5000
  --units <n>                 for the crowd; 100
  --scenario logs             programs beside the shop write lines meanwhile, and logs is hurt, which collects them
  --lines <n>                 so many; 1000000
  --scenario live             some watch what is live meanwhile, and live is hurt, which tells them
  --readers <n>               so many; 200
  --scenario all              all of that at once, and whatever can be hurt is
  --faults <n>                so many in all, instead of so many a minute
  --sign-ups <share>          of the customers so many make an account; 0.05
  --engines <names>           what the shop runs on instead of what it brings, throw-away ones: ${engines.join(', ')}
  --only <kinds>              faults of these kinds, with commas between them: ${kinds.join(', ')}
  --settle-limit-seconds <n>  how long the shop may take to recover; 120
  --data-dir <folder>         where the shop keeps its files; by default a new folder, removed when all is well
  --json <file>               write the report there, too
Exits with 0 when all is well, with 1 when something is wrong, with 2 when it cannot be told.`

export type Arguments = {
  plan: Plan
  isDataDirOurs: boolean
  jsonFile: string | undefined
  isHelp: boolean
  hosts: Hosts | null
}

/** A run over many hosts; its `room` is the folder of the one that it is in, null before it is in one. */
type Hosts = { room: string | null }

const FAULTS_A_MINUTE = 250

const known = {
  seed: { type: 'string' },
  minutes: { type: 'string', default: '1' },
  orders: { type: 'string' },
  'faults-per-minute': { type: 'string' },
  hosts: { type: 'boolean', default: false },
  room: { type: 'string' },
  turn: { type: 'string' },
  scenario: { type: 'string' },
  buyers: { type: 'string', default: '5000' },
  units: { type: 'string', default: '100' },
  lines: { type: 'string', default: '1000000' },
  readers: { type: 'string', default: '200' },
  faults: { type: 'string' },
  'sign-ups': { type: 'string' },
  engines: { type: 'string' },
  only: { type: 'string' },
  'settle-limit-seconds': { type: 'string', default: '120' },
  'data-dir': { type: 'string' },
  json: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

const { read, positive, refuse } = commandLine(usage)

/** Reads the command line. Throws `BadCommandLine` when it makes no sense. */
export function readArguments(words: string[]): Arguments {
  const { values } = read({ args: words, options: known })
  const number = (name: 'minutes' | 'settle-limit-seconds' | Size) => positive(name, values[name])
  const durationMs = number('minutes') * 60_000
  const seed = values.seed === undefined ? Date.now() % 1_000_000 : positive('seed', values.seed)
  const sizes = { buyers: number('buyers'), units: number('units'), lines: number('lines'), readers: number('readers') }
  const meeting = values.turn === undefined ? undefined : meetingIn(values.turn, values.hosts)
  if (values.hosts && values.scenario !== undefined) refuse('--scenario is for a shop on one host')
  if (values.hosts && values.engines !== undefined) refuse('--engines is for a shop on one host')
  const setting = values.hosts ? onHosts : settingOf(scenarioIn(values.scenario), sizes)
  const { ordersAMinute, aim, more, also = [], ...drawn } = setting
  const on = values.engines === undefined ? [] : enginesIn(values.engines, refuse)
  const drawnOn =
    drawn.only === undefined ? kindsOn(on, [...new Set([...mixture, ...also])], true) : kindsOn(on, drawn.only)
  const only = values.only === undefined ? drawnOn : kindsIn(values.only, { on, isOnHosts: values.hosts }, refuse)
  const orders = values.orders === undefined ? number('minutes') * ordersAMinute : positive('orders', values.orders)
  const usual = values.hosts ? onHosts.faultsAMinute : FAULTS_A_MINUTE
  const given = values['faults-per-minute']
  const faultsAMinute = given === undefined ? usual : positive('faults-per-minute', given)
  const perMinute = values.faults === undefined ? faultsAMinute : positive('faults', values.faults) / number('minutes')
  return {
    plan: {
      seed,
      orders: Math.ceil(orders),
      durationMs,
      faults: meeting
        ? []
        : scheduleFaults(seed, { durationMs, faultsPerMinute: perMinute, only, aim: aimOn(on, aim ?? everybody) }),
      edits: meeting?.edits ?? [],
      dataDir: emptyFolder(values['data-dir'], values.help || (values.hosts && values.room === undefined)),
      settleLimitMs: number('settle-limit-seconds') * 1_000,
      ...(!values.hosts && { doubled: ['notification'] as const }),
      engines: on,
      ...more,
      ...meeting?.more,
      ...(values['sign-ups'] !== undefined && { signUpShare: shareOf(values['sign-ups']) }),
    },
    isDataDirOurs: values['data-dir'] === undefined,
    jsonFile: values.json,
    isHelp: values.help,
    hosts: values.hosts ? { room: values.room ?? null } : null,
  }
}

type Size = 'buyers' | 'units' | 'lines' | 'readers'

function scenarioIn(text: string | undefined): Scenario | null {
  if (text === undefined) return null
  return scenarios.find((one) => one === text) ?? refuse(`--scenario ${text} is none that there is`)
}

function meetingIn(text: string, isOnHosts: boolean): Meeting {
  if (!isOnHosts) refuse('--turn is for many hosts')
  return text === 'none' || text === 'slow' ? turns[text] : refuse(`--turn ${text} is neither none nor slow`)
}

function shareOf(text: string): number {
  const share = positive('sign-ups', text)
  if (share > 1) refuse(`--sign-ups ${text} is more than all of them`)
  return share
}

/** Orders of an earlier run would be taken for orders of this one. */
function emptyFolder(given: string | undefined, isUnneeded: boolean): string {
  if (isUnneeded) return tmpdir()
  if (given === undefined) return mkdtempSync(join(tmpdir(), 'orderline-chaos-'))
  const isUsed = existsSync(given) && readdirSync(given).length > 0
  if (isUsed) refuse(`--data-dir ${given} is not empty`)
  return resolve(given)
}
