import { setTimeout as delay } from 'node:timers/promises'
import type { Deed, Simulator } from './fault.ts'
import type { Shop } from './shop.ts'
import { untilDone } from './until-done.ts'

/** What a simulator can be told to do wrong. */
export type Flipped = Extract<
  Deed,
  {
    kind:
      | (
          | 'outage'
          | 'mail outage'
          | 'slowness'
          | 'busy gateway'
          | 'lost answers'
          | 'lost mail answers'
          | 'gateway ahead'
          | 'webhooks off'
          | 'sms outage'
          | 'sms slowness'
          | 'busy sms gateway'
          | 'undelivered sms'
        )
      | `${'lost' | 'late' | 'doubled' | 'shuffled' | 'forged'} webhooks`
      | `lost sms ${'answers' | 'callbacks'}`
  }
>

/** Makes the outside world fail in some way, for a while. */
export async function flip(deed: Flipped, shop: Pick<Shop, 'switch'>): Promise<void> {
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
    case 'busy gateway':
      return { simulator: 'payment-gateway', wrong: { perSecond: deed.perSecond }, well: { perSecond: 0 } }
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
    case 'sms outage':
      return { simulator: 'sms-gateway', wrong: { down: true }, well: { down: false } }
    case 'sms slowness':
      return { simulator: 'sms-gateway', wrong: { delayMs: deed.delayMs }, well: { delayMs: 0 } }
    case 'busy sms gateway':
      return { simulator: 'sms-gateway', wrong: { busyShare: deed.share }, well: { busyShare: 0 } }
    case 'lost sms answers':
      return { simulator: 'sms-gateway', wrong: { loseAnswers: deed.share }, well: { loseAnswers: 0 } }
    case 'lost sms callbacks':
      return { simulator: 'sms-gateway', wrong: { loseCallbacks: deed.share }, well: { loseCallbacks: 0 } }
    case 'undelivered sms':
      return { simulator: 'sms-gateway', wrong: { undeliverableShare: deed.share }, well: { undeliverableShare: 0 } }
  }
}

const gatewayWell = {
  ...{ outage: false, delayMs: 0, loseAnswers: 0, aheadMs: 0 },
  ...{ webhooksOff: false, webhookDelayMs: 0, webhookLost: 0, webhookCopies: 1 },
  ...{ webhooksShuffled: false, webhookForged: 0 },
}

const smsWell = { down: false, delayMs: 0, busyShare: 0, loseAnswers: 0, loseCallbacks: 0, undeliverableShare: 0 }

/** Puts all switches back, whatever was flipped; tries until all simulators have heard it. */
export async function allWell(shop: Pick<Shop, 'switch'>): Promise<void> {
  await untilDone(() => shop.switch('payment-gateway', gatewayWell))
  await untilDone(() => shop.switch('mailbox', { down: false, dropAfterAccept: 0 }))
  await untilDone(() => shop.switch('sms-gateway', smsWell))
}

/** Changes the switches of the simulator at that URL. Rejects when it is not there. */
export async function flipSwitch(url: string, to: object): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  await fetch(`${url}/_switches`, {
    method: 'POST',
    headers,
    body: JSON.stringify(to),
    signal: AbortSignal.timeout(5_000),
  })
}
