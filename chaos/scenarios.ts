import { type Aim, everybody } from './aim.ts'
import { inFile } from './control.ts'
import { AWAY } from './database-deed.ts'
import { type Double, doubles, type Kind, secondOf, type Victim, type Writer } from './fault.ts'
import { hostKinds } from './hosts/host-deed.ts'
import type { Plan } from './plan.ts'
import { crowdedSale } from './sale-wishes.ts'

/** What a run may be about, beside orders; `all` is sales, lines and listeners at once. */
export const scenarios = ['sale', 'logs', 'live', 'all', 'away'] as const
export type Scenario = (typeof scenarios)[number]

/** How much of it: buyers and units of a sale, lines, readers, how long the database is away; and how long customers come. */
type Sizes = { buyers: number; units: number; lines: number; readers: number; awayMs: number; durationMs: number }

/**
 * What it changes of a run: customers a minute, for the rest has work enough for the shop; whom the faults hurt, and how:
 * `only` so, or `also` beside the usual mixture.
 */
type Setting = { ordersAMinute: number; aim?: Aim; only?: readonly Kind[]; also?: readonly Kind[]; more: Partial<Plan> }

const SALES_BESIDE = 2 // smaller ones at a time, beside the crowd
const WRITERS = 4
const FILES_KEPT = 400 // nothing is to be gone before it was read, however long logs is down
const SLEEPERS = 50
const ALERTS = 60
const AWAY_BEFORE_END_MS = 1_000 // while customers come, the last of whom order when it is back

/** How a run is set for what it is about; null: for orders alone. */
export function settingOf(scenario: Scenario | null, sizes: Sizes): Setting {
  switch (scenario) {
    case null:
      return { ordersAMinute: 2_500, more: {} }
    case 'sale':
      return {
        ordersAMinute: 250,
        more: { sale: { first: [crowdedSale(sizes.buyers, sizes.units)], beside: SALES_BESIDE } },
      }
    case 'logs':
      return {
        ordersAMinute: 250,
        ...aimedAt('logs', ofLogs),
        more: {
          lines: { count: sizes.lines, writers: WRITERS, kept: FILES_KEPT },
          edits: [smallLogs],
          doubled: ['notification', 'logs'],
        },
      }
    case 'live':
      return {
        ordersAMinute: 250,
        ...aimedAt('live', ofLive),
        more: {
          live: { readers: sizes.readers, sleepers: SLEEPERS, alerts: ALERTS },
          doubled: ['notification', 'live'],
        },
      }
    case 'all':
      return {
        ordersAMinute: 250,
        aim: { ...everybody, victims: [...everybody.victims, secondOf('live'), secondOf('logs')] },
        also: [...ofLogs, ...ofLive],
        more: {
          ...settingOf('sale', sizes).more,
          ...settingOf('logs', sizes).more,
          ...settingOf('live', sizes).more,
          doubled: doubles,
          shards: 'inventory:3,payment:2,notification:4',
        },
      }
    case 'away': {
      const atMs = sizes.durationMs - AWAY_BEFORE_END_MS
      return { ordersAMinute: 250, more: { faults: [{ atMs, kind: AWAY, forMs: sizes.awayMs }] } }
    }
  }
}

const ofLogs = ['rotate'] as const
const ofLive = ['cut pub/sub', 'lose database'] as const

// The shop's own file is full sooner, so that it is put aside many times in a run.
const smallLogs = inFile('shared/log-file.js', 'MAX_BYTES = 64 * 1024 * 1024', 'MAX_BYTES = 1024 * 1024')

const againstOne: Kind[] = [
  ...(['kill', 'terminate', 'freeze', 'flush', 'cut connections', 'old dump', 'delete', 'repeat', 'shuffle'] as const),
  ...(['poison', 'refusal', 'read-only', 'failing disk', 'lock'] as const),
]

const ofWebhooks = ['webhooks off', 'lost webhooks', 'late webhooks', 'doubled webhooks', 'shuffled webhooks'] as const

/** How a run over many hosts is set: all that can be done to hosts, and what the world outside does wrong. */
export const onHosts: Setting & { faultsAMinute: number; only: readonly Kind[] } = {
  ordersAMinute: 300,
  faultsAMinute: 15,
  only: [...hostKinds, 'outage', 'slowness', 'lost answers', 'mail outage', 'lost mail answers', ...ofWebhooks],
  more: {},
}

/** All that can be done to one service, to its second worker, and to Redis; and what is done to no other. */
function aimedAt(service: Double & Writer, more: readonly Kind[]): { aim: Aim; only: readonly Kind[] } {
  const workers: Victim[] = [service, secondOf(service)]
  const victims = [...workers, ...workers, 'redis'] as const // most blows go to the service
  return { aim: { victims, ended: victims, services: [service], writers: [service] }, only: [...againstOne, ...more] }
}
