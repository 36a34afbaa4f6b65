import { every, type Loop } from '../../shared/every.ts'
import type { Figure } from '../../shared/figure.ts'
import type { Health } from '../../shared/health.ts'
import type { OnDisk } from '../../shared/protocol/on-disk.ts'
import type { Service } from '../../shared/routes.ts'
import type { Redis } from '../../shared/store/redis.ts'
import { type Hop, type Wait, waitOf } from './hop.ts'
import { createHopWatch, hopServices } from './watch-hops.ts'

const LOOK_MS = 1_000

/** How long an order that is placed now is expected to wait. Kept in memory: who asks waits for nobody. Times in ms. */
export type Outlook = {
  waitMs(): number
  /** Until it is paid; null while nobody has looked, or nobody works at one of its hops: so nobody can tell. */
  paidInMs(): number | null
  /** Whom whoever runs the shop has paused on the way, so that nobody can tell. */
  paused(): Service[]
  /** An order was taken, and stands in the line. */
  accepted(): void
  hops(): Hop[]
  wait(): Wait
  figures(): Figure[]
  start(deps: { redis: Redis; onDisk(): Promise<OnDisk>; health: Health }): Loop
}

/** Nothing is expected to wait until somebody has looked. */
export function createOutlook(now: () => number = () => performance.now()): Outlook {
  let hops: Hop[] = []
  let wait = waitOf([])
  let lookedAt = now()
  let acceptedSince = 0
  /** What was taken since the last look stands in the line, too, and the line has moved on. */
  const waitMs = () => Math.max(0, wait.waitMs + acceptedSince * wait.perOrderMs - (now() - lookedAt))
  const lookWith = (look: () => Promise<Hop[]>) => async () => {
    const [at, acceptedBefore] = [now(), acceptedSince]
    const seen = await look()
    hops = seen
    wait = waitOf(seen)
    lookedAt = at
    acceptedSince -= acceptedBefore
  }
  const canBeTold = () => hops.length > 0 && hops.every(({ isManned }) => isManned)
  return {
    waitMs,
    paidInMs: () => (canBeTold() ? Math.round(waitMs() + callsMs(hops)) : null),
    paused: () => hops.filter(({ isPaused }) => isPaused).map(({ service }) => service),
    accepted: () => {
      acceptedSince++
    },
    hops: () => hops,
    wait: () => wait,
    figures: () => [
      { name: 'expected_wait_ms', help: 'How long an order placed now is expected to wait', value: waitMs },
      ...hopServices.flatMap((service) => figuresOf(service, () => hops.find((hop) => hop.service === service))),
    ],
    start: ({ redis, onDisk, health }) =>
      every(LOOK_MS, 'outlook', health, lookWith(createHopWatch({ redis, onDisk }))),
  }
}

const callsMs = (hops: Hop[]) => hops.reduce((sum, { callMs }) => sum + callMs, 0)

function figuresOf(service: string, hop: () => Hop | undefined): Figure[] {
  const figure = (name: string, help: string, value: (hop: Hop) => number) => {
    const told = () => {
      const seen = hop()
      return seen === undefined ? 0 : value(seen)
    }
    return { name: `${service}_${name}`, help, value: told }
  }
  return [
    figure('waiting', `Messages before ${service}: in lists, on disk, in hand`, ({ waiting }) => waiting),
    figure('in_per_second', `Messages that come to ${service}`, ({ inPerS }) => inPerS),
    figure('out_per_second', `Messages that ${service} handles`, ({ outPerS }) => outPerS),
    figure('can_per_second', `Messages that ${service} is taken to manage`, ({ canPerS }) => canPerS),
  ]
}
