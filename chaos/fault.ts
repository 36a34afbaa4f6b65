import { programs } from '../services/all.ts'
import type { Service } from '../shared/routes.ts'
import { AWAY, type DatabaseDeed, isDatabaseDeed, nameOfDatabaseDeed, postgresKinds } from './database-deed.ts'
import { type HostDeed, hostKinds, isHostDeed, nameOfHostDeed } from './hosts/host-deed.ts'

export const simulators = ['mailbox', 'payment-gateway', 'sms-gateway'] as const
/** Services of which a second worker may run beside the first one, on the same file and the same lists. */
export const doubles = ['notification', 'live', 'logs'] as const
export type Double = (typeof doubles)[number]
/** That worker: of notification there is one in every long run, of the others where a run is about them. */
export const secondOf = <D extends Double>(service: D): `${D}-2` => `${service}-2`
export const SECOND = secondOf('notification')
export const victims = [...programs, SECOND, ...simulators, 'redis'] as const

/** A process of the shop that can be hurt. */
export type Victim = (typeof victims)[number] | `${Double}-2`

/** Those whose writing to files can be made to fail. Redis would die of the signal that comes with it. */
export const writers = [...programs, ...simulators] as const
export type Writer = (typeof writers)[number]

/** Whose clock can be stepped. Not that of Redis, whose memory (jemalloc) does not start under libfaketime. */
export const clocks = [...programs, ...simulators, 'launcher'] as const
export type Clock = (typeof clocks)[number]

/** Those that are. The gateways' are others': what happened there when goes by them, for everyone. */
export const stepped = clocks.filter((clock) => !clock.endsWith('-gateway'))

/** What Redis can be made to refuse: one command, or whatever needs more memory. */
export const refusables = ['lpush', 'brpop', 'rpop', 'hset', 'hmget', 'hdel', 'hgetall', 'memory'] as const
export type Refusable = (typeof refusables)[number]
export type Simulator = (typeof simulators)[number]

export const keyKinds = ['queue', 'status', 'workers', 'mark'] as const
export type KeyKind = (typeof keyKinds)[number]

/**
 * What can be done to a running shop. Where a list is meddled with, its worker is held for `holdMs` first: it is
 * so quick that there would be nothing in the list. Times in ms.
 */
export type Deed =
  | { kind: 'kill' | 'terminate'; victim: Victim }
  | { kind: 'freeze'; victim: Victim; forMs: number }
  | { kind: 'flush' | 'cut connections' | 'cut pub/sub' }
  | { kind: 'old dump'; ageMs: number }
  | { kind: 'delete'; key: KeyKind; service: Service; holdMs: number }
  | { kind: 'repeat'; service: Service; holdMs: number; afterMs: number }
  | { kind: 'shuffle'; service: Service; holdMs: number; seed: number }
  | { kind: 'poison'; service: Service; poison: number }
  | { kind: 'outage' | 'mail outage'; forMs: number }
  | { kind: 'slowness'; delayMs: number; forMs: number }
  | { kind: 'busy gateway'; perSecond: number; forMs: number }
  | { kind: 'lost answers' | 'lost mail answers'; share: number; forMs: number }
  | { kind: 'sms outage'; forMs: number }
  | { kind: 'sms slowness'; delayMs: number; forMs: number }
  | {
      kind: `lost sms ${'answers' | 'callbacks'}` | 'busy sms gateway' | 'undelivered sms'
      share: number
      forMs: number
    }
  | { kind: 'webhooks off' | 'shuffled webhooks'; forMs: number }
  | { kind: 'lost webhooks' | 'forged webhooks'; share: number; forMs: number }
  | { kind: 'late webhooks'; delayMs: number; forMs: number }
  | { kind: 'doubled webhooks'; copies: number; forMs: number }
  | { kind: 'gateway ahead'; aheadMs: number; forMs: number }
  | { kind: 'refusal'; what: Refusable; forMs: number }
  | { kind: 'read-only' | 'disk full'; forMs: number }
  | { kind: 'failing disk'; victim: Writer; forMs: number }
  | { kind: 'lock'; service: Service; forMs: number }
  | { kind: 'clock step'; whose: Clock | 'all'; byMs: number; forMs: number }
  | { kind: 'rival'; service: Service }
  | { kind: 'pause'; service: Service; forMs: number }
  | { kind: 'forget receiver'; service: Service; receiver: Service }
  | { kind: 'neighbour'; orders: number }
  | { kind: 'lose database'; service: Double }
  | { kind: 'rotate' }
  | { kind: 'kill master'; service: Service; forMs: number }
  | { kind: 'freeze node'; service: Service; forMs: number }
  | { kind: 'failover'; service: Service; isForced: boolean }
  | { kind: 'move slot'; service: Service }
  | DatabaseDeed
  | HostDeed

/** Those that only a Redis Cluster can have done to it. */
export const clusterKinds = ['kill master', 'failover', 'move slot', 'freeze node'] as const satisfies Deed['kind'][]

/** Every kind of deed. */
export const kinds = [
  ...(['kill', 'terminate', 'freeze', 'flush', 'cut connections', 'old dump', 'delete', 'repeat', 'shuffle'] as const),
  ...(['poison', 'outage', 'slowness', 'busy gateway', 'lost answers', 'mail outage', 'lost mail answers'] as const),
  ...(['sms outage', 'sms slowness', 'busy sms gateway', 'lost sms answers', 'lost sms callbacks'] as const),
  ...(['undelivered sms'] as const),
  ...(['webhooks off', 'lost webhooks', 'late webhooks', 'doubled webhooks', 'shuffled webhooks'] as const),
  ...(['forged webhooks', 'gateway ahead'] as const),
  ...(['refusal', 'read-only', 'disk full', 'failing disk', 'lock', 'clock step', 'rival', 'neighbour'] as const),
  ...(['forget receiver', 'cut pub/sub', 'pause', 'lose database', 'rotate'] as const),
  ...clusterKinds,
  ...postgresKinds,
  AWAY,
  ...hostKinds,
] satisfies Deed['kind'][]

export type Kind = (typeof kinds)[number]

/** A deed and when it is done, in ms since the start. */
export type Fault = Deed & { atMs: number }

/** By a clock that is ahead a session is over, and whoever was signed in is a guest. */
export const isClockStep = ({ kind }: Pick<Fault, 'kind'>) => kind === 'clock step' || kind === 'skew'

/** What the table calls a fault: its kind, and what it was done to. */
export function nameOf(deed: Deed): string {
  if (isHostDeed(deed)) return nameOfHostDeed(deed)
  if (isDatabaseDeed(deed)) return nameOfDatabaseDeed(deed)
  if (deed.kind === 'failing disk') return `failing disk of ${deed.victim}`
  if (deed.kind === 'clock step') return `clock step of ${deed.whose}`
  if (deed.kind === 'refusal') return `refusal of ${deed.what}`
  if (deed.kind === 'lock') return `lock on the file of ${deed.service}`
  if (deed.kind === 'pause') return `pause of ${deed.service}`
  if (deed.kind === 'rival') return `rival for the queue of ${deed.service}`
  if (deed.kind === 'forget receiver') return `${deed.service} forgets ${deed.receiver}`
  if (deed.kind === 'lose database') return `${deed.service} loses its database`
  if (deed.kind === 'rotate') return 'rotate log files'
  if (deed.kind === 'failover') return deed.isForced ? 'takeover by a replica' : 'failover to a replica'
  if ('victim' in deed) return `${deed.kind} ${deed.victim}`
  if (deed.kind === 'delete') return `delete a ${deed.key} key`
  if (deed.kind === 'repeat' || deed.kind === 'shuffle') return `${deed.kind} a list`
  return deed.kind
}
