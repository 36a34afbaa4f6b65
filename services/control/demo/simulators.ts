import type { Service } from '../../../shared/routes.ts'

export const simulatorNames = ['gateway', 'mailbox'] as const
export type SimulatorName = (typeof simulatorNames)[number]

/** What can be turned at a simulator. */
export type Switches = Record<string, boolean | number>

/** A stand-in for something outside: which process plays it, who needs it, and the ways it can behave by name. */
type Simulator = { process: string; service: Service; modes: ReadonlyMap<string, Switches> }

/** The simulators of the demo. `well` is how each should behave; its modes are offered in this order. */
export const simulators: Record<SimulatorName, Simulator> = {
  gateway: {
    process: 'payment-gateway',
    service: 'payment',
    modes: new Map([
      ['well', { outage: false, delayMs: 0, loseAnswers: 0 }],
      ['outage', { outage: true, delayMs: 0, loseAnswers: 0 }],
      ['slow', { outage: false, delayMs: 1_500, loseAnswers: 0 }],
      ['loses', { outage: false, delayMs: 0, loseAnswers: 0.5 }],
    ]),
  },
  mailbox: {
    process: 'mailbox',
    service: 'notification',
    modes: new Map([
      ['well', { down: false, delayMs: 0, dropAfterAccept: 0 }],
      ['down', { down: true, delayMs: 0, dropAfterAccept: 0 }],
      ['slow', { down: false, delayMs: 1_500, dropAfterAccept: 0 }],
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
