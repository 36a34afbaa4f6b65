import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { commandLine } from '../terminal/command-line.ts'
import { everybody } from './aim.ts'
import { kindsOn } from './engine-kinds.ts'
import type { Engine } from './engines.ts'
import { USUAL_A_MINUTE } from './fault-times.ts'
import { type Meeting, metBeside, turns } from './hosts/turn-control.ts'
import { aimOn, enginesIn, kindsIn } from './named-engines.ts'
import type { Plan } from './plan.ts'
import { onHosts, type Scenario, scenarios, settingOf } from './scenarios.ts'
import { mixture, scheduleFaults } from './schedule.ts'
import { usage } from './usage.ts'

export type Arguments = {
  plan: Plan
  isDataDirOurs: boolean
  jsonFile: string | undefined
  isHelp: boolean
  hosts: Hosts | null
}

/** A run over many hosts; its `room` is the folder of the one that it is in, null before it is in one. */
type Hosts = { room: string | null }

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
  'away-seconds': { type: 'string', default: '180' },
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
  const crowd = { buyers: number('buyers'), units: number('units') }
  const awayMs = number('away-seconds') * 1_000
  const sizes = { ...crowd, lines: number('lines'), readers: number('readers'), awayMs, durationMs }
  if (values.hosts && values.scenario !== undefined) refuse('--scenario is for a shop on one host')
  if (values.hosts && values.engines !== undefined) refuse('--engines is for a shop on one host')
  const setting = values.hosts ? onHosts : settingOf(scenarioIn(values.scenario), sizes)
  const { ordersAMinute, aim, more, also = [], ...drawn } = setting
  const on = values.engines === undefined ? [] : enginesIn(values.engines, refuse)
  if (values.scenario === 'away' && !on.includes('postgres')) refuse('--scenario away takes --engines postgres')
  const meeting = values.turn === undefined ? undefined : meetingIn(values.turn, values.hosts, on)
  const usualKinds = drawn.only ?? [...new Set([...mixture, ...also])]
  const drawnOn = values.hosts ? onHosts.only : kindsOn(on, usualKinds)
  const only = values.only === undefined ? drawnOn : kindsIn(values.only, { on, isOnHosts: values.hosts }, refuse)
  const orders = values.orders === undefined ? number('minutes') * ordersAMinute : positive('orders', values.orders)
  const usual = values.hosts ? onHosts.faultsAMinute : USUAL_A_MINUTE
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

type Size = 'buyers' | 'units' | 'lines' | 'readers' | 'away-seconds'

function scenarioIn(text: string | undefined): Scenario | null {
  if (text === undefined) return null
  return scenarios.find((one) => one === text) ?? refuse(`--scenario ${text} is none that there is`)
}

function meetingIn(text: string, isOnHosts: boolean, on: readonly Engine[]): Meeting {
  if (!isOnHosts && !on.includes('postgres')) refuse('--turn is for many hosts, or takes --engines postgres')
  const meeting = text === 'none' || text === 'slow' ? turns[text] : refuse(`--turn ${text} is neither none nor slow`)
  return isOnHosts ? meeting : metBeside(meeting)
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
