import type { Tally } from '../nemesis.ts'
import type { AppName, HostName, Place, RedisName } from './host-names.ts'

/** What can be done to a shop over many hosts, beyond what can be done to one. Times in ms. */
export type HostDeed =
  | { kind: 'partition'; between: readonly [Place, Place]; isOneWay: boolean; forMs: number }
  | { kind: 'host loss'; host: Exclude<HostName, `postgres-${number}`>; forMs: number }
  | { kind: 'promotion' | 'standby loss'; forMs: number }
  | { kind: 'redis failover'; host: RedisName; port: number }
  | { kind: 'redis flush' }
  | { kind: 'skew'; host: AppName; byMs: number; forMs: number }
  | { kind: 'kill there'; host: HostName; program: string }
  | { kind: 'freeze there'; host: AppName; program: string; forMs: number }

/** Every kind of them. */
export const hostKinds = [
  ...(['partition', 'host loss', 'promotion', 'standby loss', 'redis failover', 'redis flush', 'skew'] as const),
  ...(['kill there', 'freeze there'] as const),
] satisfies HostDeed['kind'][]

export const isHostDeed = (deed: { kind: string }): deed is HostDeed => hostKinds.some((kind) => kind === deed.kind)

/** What the table calls it. */
export function nameOfHostDeed(deed: HostDeed): string {
  if (deed.kind === 'partition') return `partition of ${deed.between.join(deed.isOneWay ? ' to ' : ' and ')}`
  if (deed.kind === 'skew') return `skew of ${deed.host} by ${deed.byMs / 1_000} s`
  if (deed.kind === 'kill there') return `kill there: ${deed.program} of ${deed.host}`
  if (deed.kind === 'freeze there') return `freeze there: ${deed.program} of ${deed.host}`
  return 'host' in deed ? `${deed.kind}: ${deed.host}` : deed.kind
}

/**
 * How many of them were done that may have come between a mail and its being noted. A wrong clock may not, for neither stamps nor
 * beats go by it; nor what is done to the balancer, which no message passes.
 */
export function blowsToMails({ done }: Tally): number {
  const isBlow = (name: string) => hostKinds.some((kind) => name.startsWith(kind)) && !/^skew |balancer/.test(name)
  return [...done].reduce((sum, [name, count]) => (isBlow(name) ? sum + count : sum), 0)
}
