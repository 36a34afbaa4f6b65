/**
 * What a station of the tour is. Nothing in it is simulated: what it shows comes from the shop, and what it breaks breaks.
 *
 * `use` is a hook: it holds all that is live of this station, and may be asked for as often as the picture changes. `Picture` draws
 * it. The frame does the rest: the sentence, the one button, the prediction, the ending. `wants` names services, or `mailbox` and
 * `sms-gateway`, that a shop may be run without: where one is missing the station says so instead.
 * @typedef {{ id: string, wantsCommands: boolean, wants?: readonly string[], use(tour: TourNow): Shown, Picture(props: { tour: TourNow, shown: any }): unknown }} Station
 *
 * What came of a message that was broken: `late` is that it took effect once all the same.
 * @typedef {'lost' | 'twice' | 'late' | 'nothing'} Outcome
 *
 * What there is to do first; `isDone` once its effect is seen.
 * @typedef {{ isBusy: boolean, isDone: boolean, run(): Promise<unknown> }} Deed
 *
 * `isBroken` until it was repaired or has healed; `outcome` is what was seen to come of it, and null until then; `seen` says with
 * its figures what was. `run` forgets what came of it before, and resolves once it is broken. What `lasts` waits for whoever broke
 * it to repair it; all else heals by itself.
 * @typedef {{ id: string, isBroken: boolean, outcome: Outcome | null, seen?: string | null, lasts?: boolean, run(): Promise<unknown> }} Break
 *
 * `figure` is the answer to the station's question, which stands on the screen; null until it does. `about` are the subjects (of
 * orders, accounts …) that it is about: nothing of others is shown; without it all that happens is. `guessWords` are its own words
 * for the prediction, where that is about one of two sides.
 * @typedef {{ deed: Deed, breaks: Break[], repair(): Promise<unknown>, figure: string | null, about?: readonly string[], guessWords?: GuessWords }} Shown
 *
 * Names of texts: what is asked, and what is said where it came so, and where not.
 * @typedef {{ ask: string, right: string, wrong: string }} GuessWords
 *
 * `key` tells it from all others that this page has heard.
 * @typedef {Step & { key: number }} HeardStep
 * @typedef {Command & { key: number }} HeardCommand
 *
 * What a station has to work with: the room's picture and its store, the steps and commands of the last seconds, and the ways to
 * act. `slowMs` is how slowly the shop goes, whoever wished it; `demo` takes what `POST /api/admin/demo` takes. What was broken
 * or slowed down is taken back by the server when this page has gone.
 * @typedef {{
 *   known: Known, store: RoomStore, session: Session, page: string, link: 'live' | 'gone',
 *   steps: readonly HeardStep[], commands: readonly HeardCommand[], slowMs: number,
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
    id: 'loop',
    load: () => import('./stations/loop/station.js'),
    words: { en: () => import('./stations/loop/en.js'), zh: () => import('./stations/loop/zh.js') },
  },
  {
    id: 'registration',
    load: () => import('./stations/registration/station.js'),
    words: { en: () => import('./stations/registration/en.js'), zh: () => import('./stations/registration/zh.js') },
  },
  {
    id: 'order',
    load: () => import('./stations/order/station.js'),
    words: { en: () => import('./stations/order/en.js'), zh: () => import('./stations/order/zh.js') },
  },
  {
    id: 'bus',
    load: () => import('./stations/bus/station.js'),
    words: { en: () => import('./stations/bus/en.js'), zh: () => import('./stations/bus/zh.js') },
  },
  {
    id: 'sale',
    load: () => import('./stations/sale/station.js'),
    words: { en: () => import('./stations/sale/en.js'), zh: () => import('./stations/sale/zh.js') },
  },
  {
    id: 'peaks',
    load: () => import('./stations/peaks/station.js'),
    words: { en: () => import('./stations/peaks/en.js'), zh: () => import('./stations/peaks/zh.js') },
  },
  {
    id: 'logs',
    load: () => import('./stations/logs/station.js'),
    words: { en: () => import('./stations/logs/en.js'), zh: () => import('./stations/logs/zh.js') },
  },
  {
    id: 'pubsub',
    load: () => import('./stations/pubsub/station.js'),
    words: { en: () => import('./stations/pubsub/en.js'), zh: () => import('./stations/pubsub/zh.js') },
  },
]
