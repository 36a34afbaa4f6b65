import type { Config } from '../../../shared/config.ts'
import type { Service } from '../../../shared/routes.ts'

export const simulatorNames = ['gateway', 'mailbox', 'sms'] as const
export type SimulatorName = (typeof simulatorNames)[number]

/** What can be turned at a simulator. */
export type Switches = Record<string, boolean | number | string>

/** A stand-in for something outside: which process plays it, who needs it, and the ways it can behave by name. */
type Simulator = { process: string; service: Service; modes: ReadonlyMap<string, Switches> }

const gatewayWell: Switches = {
  ...{ outage: false, delayMs: 0, loseAnswers: 0, perSecond: 0, aheadMs: 0, settleMs: 0 },
  ...{ webhooksOff: false, webhookDelayMs: 0, webhookLost: 0, webhookCopies: 0 },
  ...{ webhooksShuffled: false, webhookForged: 0, nonsenseFor: '' },
}
const mailboxWell: Switches = { down: false, delayMs: 0, dropAfterAccept: 0 }
const smsWell: Switches = {
  ...{ down: false, delayMs: 0, busyShare: 0, loseAnswers: 0 },
  ...{ loseCallbacks: 0, undeliverableShare: 0, stepMs: 0 },
}

/** The simulators of the demo. `well` is how each should behave; its modes are offered in this order. */
export const simulators: Record<SimulatorName, Simulator> = {
  gateway: {
    process: 'payment-gateway',
    service: 'payment',
    modes: new Map([
      ['well', gatewayWell],
      ['outage', { ...gatewayWell, outage: true }],
      ['slow', { ...gatewayWell, delayMs: 1_500 }],
      ['loses', { ...gatewayWell, loseAnswers: 0.5 }],
      ['hooksOff', { ...gatewayWell, webhooksOff: true }],
      ['hooksLate', { ...gatewayWell, webhookDelayMs: 5_000 }],
      ['hooksDoubled', { ...gatewayWell, webhookCopies: 3 }],
    ]),
  },
  mailbox: {
    process: 'mailbox',
    service: 'notification',
    modes: new Map([
      ['well', mailboxWell],
      ['down', { ...mailboxWell, down: true }],
      ['slow', { ...mailboxWell, delayMs: 1_500 }],
    ]),
  },
  sms: {
    process: 'sms-gateway',
    service: 'notification',
    modes: new Map([
      ['well', smsWell],
      ['down', { ...smsWell, down: true }],
      ['slow', { ...smsWell, delayMs: 1_500 }],
      ['loses', { ...smsWell, loseAnswers: 0.5 }],
      ['undeliverable', { ...smsWell, undeliverableShare: 1 }],
    ]),
  },
}

/** Where each of them is; undefined where the real one is used. */
export const simulatorUrls = (config: Config): Record<SimulatorName, string | undefined> => ({
  gateway: config.GATEWAY_URL,
  mailbox: config.MAILBOX_URL,
  sms: config.SMS_GATEWAY_URL,
})

/** The mode that switches amount to: the first that they are in trouble like, however much; `other` is none of ours. */
export function modeOf(name: SimulatorName, switches: Switches): string {
  const { modes } = simulators[name]
  const inTrouble = (of: Switches) => Object.keys(of).filter((key) => Boolean(of[key]))
  const shown = new Set(inTrouble(switches))
  const likeIt = [...modes]
    .filter(([mode]) => mode !== 'well')
    .find(([, of]) => inTrouble(of).every((key) => shown.has(key)))
  return likeIt?.[0] ?? (shown.size === 0 ? 'well' : 'other')
}
