import { setTimeout as delay } from 'node:timers/promises'
import type { Deed, Simulator } from './fault.ts'
import type { Shop } from './shop.ts'
import { untilDone } from './until-done.ts'

type Flipped = Extract<
  Deed,
  {
    kind:
      | (
          | 'outage'
          | 'mail outage'
          | 'slowness'
          | 'lost answers'
          | 'lost mail answers'
          | 'gateway ahead'
          | 'webhooks off'
        )
      | `${'lost' | 'late' | 'doubled' | 'shuffled' | 'forged'} webhooks`
  }
>

/** Makes the outside world fail in some way, for a while. */
export async function flip(deed: Flipped, shop: Shop): Promise<void> {
  const { simulator, wrong, well } = settingsFor(deed)
  await shop.switch(simulator, wrong)
  await delay(deed.forMs)
  await shop.switch(simulator, well).catch(() => {}) // dead meanwhile: it starts with all switches well
}

function settingsFor(deed: Flipped): { simulator: Simulator; wrong: object; well: object } {
  switch (deed.kind) {
    case 'outage':
      return { simulator: 'payment-gateway', wrong: { outage: true }, well: { outage: false } }
    case 'slowness':
      return { simulator: 'payment-gateway', wrong: { delayMs: deed.delayMs }, well: { delayMs: 0 } }
    case 'lost answers':
      return { simulator: 'payment-gateway', wrong: { loseAnswers: deed.share }, well: { loseAnswers: 0 } }
    case 'gateway ahead':
      return { simulator: 'payment-gateway', wrong: { aheadMs: deed.aheadMs }, well: { aheadMs: 0 } }
    case 'webhooks off':
      return { simulator: 'payment-gateway', wrong: { webhooksOff: true }, well: { webhooksOff: false } }
    case 'lost webhooks':
      return { simulator: 'payment-gateway', wrong: { webhookLost: deed.share }, well: { webhookLost: 0 } }
    case 'forged webhooks':
      return { simulator: 'payment-gateway', wrong: { webhookForged: deed.share }, well: { webhookForged: 0 } }
    case 'late webhooks':
      return { simulator: 'payment-gateway', wrong: { webhookDelayMs: deed.delayMs }, well: { webhookDelayMs: 0 } }
    case 'doubled webhooks':
      return { simulator: 'payment-gateway', wrong: { webhookCopies: deed.copies }, well: { webhookCopies: 1 } }
    case 'shuffled webhooks':
      return { simulator: 'payment-gateway', wrong: { webhooksShuffled: true }, well: { webhooksShuffled: false } }
    case 'mail outage':
      return { simulator: 'mailbox', wrong: { down: true }, well: { down: false } }
    case 'lost mail answers':
      return { simulator: 'mailbox', wrong: { dropAfterAccept: deed.share }, well: { dropAfterAccept: 0 } }
  }
}

const gatewayWell = {
  ...{ outage: false, delayMs: 0, loseAnswers: 0, aheadMs: 0 },
  ...{ webhooksOff: false, webhookDelayMs: 0, webhookLost: 0, webhookCopies: 1 },
  ...{ webhooksShuffled: false, webhookForged: 0 },
}

/** Puts all switches back, whatever was flipped; tries until both simulators have heard it. */
export async function allWell(shop: Shop): Promise<void> {
  await untilDone(() => shop.switch('payment-gateway', gatewayWell))
  await untilDone(() => shop.switch('mailbox', { down: false, dropAfterAccept: 0 }))
}
