import type { Service } from '../../../shared/routes.ts'

export const simulatorNames = ['gateway', 'mailbox'] as const
export type SimulatorName = (typeof simulatorNames)[number]

/** What can be turned at a simulator. */
export type Switches = Record<string, boolean | number>

/** A stand-in for something outside: which process plays it, who needs it, and the ways it can behave by name. */
type Simulator = { process: string; service: Service; modes: ReadonlyMap<string, Switches> }

const gatewayWell: Switches = {
  ...{ outage: false, delayMs: 0, loseAnswers: 0, perSecond: 0, aheadMs: 0, settleMs: 0 },
  ...{ webhooksOff: false, webhookDelayMs: 0, webhookLost: 0, webhookCopies: 0 },
  ...{ webhooksShuffled: false, webhookForged: 0 },
}
const mailboxWell: Switches = { down: false, delayMs: 0, dropAfterAccept: 0 }

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
}

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
