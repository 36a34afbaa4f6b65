/**
 * What a station of the tour is. Nothing in it is simulated: what it shows comes from the shop, and what it breaks breaks.
 *
 * `use` is a hook: it holds all that is live of this station, and may be asked for as often as the picture changes. `Picture` draws
 * it. The frame does the rest: the sentence, the one button, the prediction, the ending.
 * @typedef {{ id: string, wantsCommands: boolean, use(tour: TourNow): Shown, Picture(props: { tour: TourNow, shown: any }): unknown }} Station
 *
 * What came of a message that was broken: `late` is that it took effect once all the same.
 * @typedef {'lost' | 'twice' | 'late' | 'nothing'} Outcome
 *
 * What there is to do first; `isDone` once its effect is seen.
 * @typedef {{ isBusy: boolean, isDone: boolean, run(): Promise<unknown> }} Deed
 *
 * `isBroken` while it is; `outcome` is what was seen to come of it, and null until then.
 * @typedef {{ id: string, isBroken: boolean, outcome: Outcome | null, run(): Promise<unknown> }} Break
 *
 * `figure` is the answer to the station's question, which stands on the screen; null until it does.
 * @typedef {{ deed: Deed, breaks: Break[], repair(): Promise<unknown>, figure: string | null }} Shown
 *
 * What a station has to work with: the room's picture and its store, the steps and commands of the last seconds, and the ways to act.
 * @typedef {{
 *   known: Known, store: RoomStore, session: Session,
 *   steps: readonly Step[], commands: readonly Command[], slowMs: number,
 *   slowDown(ms: number): Promise<unknown>,
 *   dieAt(service: string, point: string | null): Promise<unknown>,
 *   demo(action: Record<string, unknown>): Promise<unknown>,
 *   restore(): Promise<unknown>,
 * }} TourNow
 */

/** @import { Session } from '../../../session-answer.ts' */
/** @import { Command, Step } from '../../../tour/seen.ts' */
/** @import { Known, RoomStore } from '../room-store.js' */

/** The stations in their order; each is loaded when somebody comes there, with its words in the language of the page. */
export const stations = [
  {
    id: 'order',
    load: () => import('./stations/order/station.js'),
    words: { en: () => import('./stations/order/en.js'), zh: () => import('./stations/order/zh.js') },
  },
]
