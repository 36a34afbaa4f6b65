import type { Deed, Kind } from './fault.ts'
import type { Random } from './random.ts'
import type { Flipped } from './switches.ts'

/** How a deed of one kind is drawn, and how often in comparison with the others. */
export type Draw<K extends Kind> = { weight: number; deed: (random: Random) => Deed & { kind: K } }

const aheads = [60_000, 3_600_000, 20 * 3_600_000] // ms; after a day keys are forgotten that the shop still goes by

/** Some of them, for a while. */
const partly = (random: Random) => ({ share: random.between(2, 9) / 10, forMs: random.between(500, 3_000) })

/** What the world outside does wrong: the payment gateway, the mail server, the SMS gateway. */
export const outside: { [K in Flipped['kind']]: Draw<K> } = {
  outage: { weight: 2, deed: (random) => ({ kind: 'outage', forMs: random.between(300, 3_000) }) },
  slowness: {
    weight: 2,
    deed: (random) => ({ kind: 'slowness', delayMs: random.between(50, 800), forMs: random.between(500, 3_000) }),
  },
  'busy gateway': {
    weight: 2,
    deed: (random) => ({ kind: 'busy gateway', perSecond: random.between(1, 20), forMs: random.between(500, 5_000) }),
  },
  'lost answers': {
    weight: 3,
    deed: (random) => ({ kind: 'lost answers', share: random.between(2, 9) / 10, forMs: random.between(500, 3_000) }),
  },
  'mail outage': { weight: 2, deed: (random) => ({ kind: 'mail outage', forMs: random.between(300, 3_000) }) },
  'lost mail answers': {
    weight: 3,
    deed: (random) => ({
      kind: 'lost mail answers',
      share: random.between(2, 9) / 10,
      forMs: random.between(500, 3_000),
    }),
  },
  'sms outage': { weight: 2, deed: (random) => ({ kind: 'sms outage', forMs: random.between(300, 3_000) }) },
  'sms slowness': {
    weight: 1,
    deed: (random) => ({ kind: 'sms slowness', delayMs: random.between(50, 800), forMs: random.between(500, 3_000) }),
  },
  'busy sms gateway': { weight: 1, deed: (random) => ({ kind: 'busy sms gateway', ...partly(random) }) },
  'lost sms answers': { weight: 2, deed: (random) => ({ kind: 'lost sms answers', ...partly(random) }) },
  'lost sms callbacks': { weight: 1, deed: (random) => ({ kind: 'lost sms callbacks', ...partly(random) }) },
  'undelivered sms': { weight: 1, deed: (random) => ({ kind: 'undelivered sms', ...partly(random) }) },
  'webhooks off': { weight: 2, deed: (random) => ({ kind: 'webhooks off', forMs: random.between(500, 10_000) }) },
  'lost webhooks': {
    weight: 3,
    deed: (random) => ({ kind: 'lost webhooks', share: random.between(2, 10) / 10, forMs: random.between(500, 6_000) }),
  },
  'late webhooks': {
    weight: 3,
    deed: (random) => ({
      kind: 'late webhooks',
      delayMs: random.between(200, 6_000),
      forMs: random.between(500, 6_000),
    }),
  },
  'doubled webhooks': {
    weight: 3,
    deed: (random) => ({ kind: 'doubled webhooks', copies: random.between(2, 5), forMs: random.between(500, 6_000) }),
  },
  'shuffled webhooks': {
    weight: 3,
    deed: (random) => ({ kind: 'shuffled webhooks', forMs: random.between(500, 6_000) }),
  },
  'forged webhooks': {
    weight: 3,
    deed: (random) => ({
      kind: 'forged webhooks',
      share: random.between(2, 9) / 10,
      forMs: random.between(500, 6_000),
    }),
  },
  'gateway ahead': {
    weight: 1,
    deed: (random) => ({ kind: 'gateway ahead', aheadMs: random.pick(aheads), forMs: random.between(500, 6_000) }),
  },
}
