import { number, span, t } from '/assets/js/text.js'
import { useState } from '/assets/vendor/htm-preact.js'
import { useTold } from '../../use-told.js'

/** @import { Kind, Talk, TalksAnswer } from '../../../../../tour/pubsub/talk-shape.ts' */
/** @import { Break, Outcome, Shown, TourNow } from '../../station.js' */
/** @typedef {Partial<Record<Kind, Talk>>} Talks */
/** @typedef {Shown & { talks: Talks, now: Talk | null, listeners: number, setListeners(listeners: number): void, isBusy: boolean }} Pubsub */

const PATH = '/api/admin/tour/pubsub'

/** A crowd of listeners that is told news, while its server is killed, its subscriptions are cut, or a window is closed. @returns {Pubsub} */
export function usePubsub(/** @type {TourNow} */ tour) {
  const [listeners, setListeners] = useState(1_000)
  const [begun, setBegun] = useState(/** @type {Partial<Record<Kind, number>>} */ ({}))
  const [last, setLast] = useState(/** @type {Kind} */ ('talk'))
  /** @type {TalksAnswer | null} */
  const told = useTold(tour.store, PATH)
  const mine = (told?.talks ?? []).filter(({ kind, startedAt }) => begun[kind] === startedAt)
  /** @type {Talks} */
  const talks = Object.fromEntries(mine.map((talk) => [talk.kind, talk]))
  const begin = async (/** @type {Kind} */ kind) => {
    const { startedAt } = await tour.store.post(PATH, { page: tour.page, action: 'talk', kind, listeners })
    setBegun((before) => ({ ...before, [kind]: startedAt }))
    setLast(kind)
  }
  const isUnderWay = (/** @type {Kind} */ kind) => begun[kind] !== undefined && talks[kind]?.isOver !== true
  /** @type {(id: Kind) => Break} */
  const breakOf = (id) => ({
    id,
    isBroken: isUnderWay(id),
    outcome: outcomeOf(talks[id]),
    seen: say(talks[id]),
    run: () => begin(id),
  })
  const isDone = talks.talk?.isOver === true && talks.talk.trouble === null
  return {
    ...{ talks, now: talks[last] ?? null, listeners, setListeners, isBusy: isUnderWay(last) },
    deed: { isBusy: isUnderWay('talk'), isDone, run: () => begin('talk') },
    breaks: [breakOf('kill'), breakOf('cut'), breakOf('away')],
    repair: tour.restore,
    figure: figureOf(talks),
  }
}

/** @param {Talk | undefined} talk @returns {Outcome | null} */
function outcomeOf(talk) {
  if (!talk?.isOver || talk.trouble !== null) return null
  if (talk.ours.missed > 0) return 'lost'
  return talk.ours.again > 0 ? 'twice' : 'late'
}

/** @param {Talk | undefined} talk */
function say(talk) {
  if (!talk?.isOver) return null
  if (talk.trouble !== null) return talk.trouble
  const { said, listeners, ours, plain } = talk
  const counts = { all: said * listeners, missed: ours.missed, plain: plain.missed, window: ours.window, said }
  const figures = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, number(count)]))
  return t(`tour.pubsub.seen.${talk.kind}`, {
    ...figures,
    plainWindow: number(plain.window),
    p99: span(ours.p99Ms ?? 0),
  })
}

/** What was missed in all that was broken, on either side. @param {Talks} talks */
function figureOf({ talk: _, ...broken }) {
  const over = Object.values(broken).filter(({ isOver, trouble }) => isOver && trouble === null)
  if (over.length === 0) return null
  const sum = (/** @type {'ours' | 'plain'} */ side) => over.reduce((all, talk) => all + talk[side].missed, 0)
  return t('tour.pubsub.figure', { ours: number(sum('ours')), plain: number(sum('plain')) })
}
