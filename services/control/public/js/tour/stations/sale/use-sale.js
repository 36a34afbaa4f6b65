import { Refusal } from '/assets/js/api.js'
import { number, t } from '/assets/js/text.js'
import { useState } from '/assets/vendor/htm-preact.js'
import { useTold } from '../../use-told.js'
import { PAY_WITHIN_MS, UNITS, useRuns } from './use-runs.js'

/** @import { SaleAnswer } from '../../../../../../sale/sale-answer.ts' */
/** @import { Naive, NaiveAnswer } from '../../../../../tour/sale/naive-shape.ts' */
/** @import { Break, Outcome, Shown, TourNow } from '../../station.js' */
/** @import { Kind, Run } from './use-runs.js' */
/** @typedef {Shown & { run: Run | null, naive: Naive | null, buyers: number, setBuyers(buyers: number): void, isBusy: boolean }} Sale */

const PATH = '/api/admin/tour/sale'
const NAIVE_MAX = 2_000 // buyers; its crowd is sent by control itself
const BEFORE_DEADLINE_MS = 400

/** A flash sale with a crowd, whose Redis is wiped, or whose order service dies; and one without a queue. @returns {Sale} */
export function useSale(/** @type {TourNow} */ tour) {
  const [buyers, setBuyers] = useState(1_000)
  const { runs, now, open, until } = useRuns(tour)
  const { naive, begin } = useNaive(tour)
  const isUnderWay = (/** @type {Kind} */ kind) => runs[kind] !== undefined && !isOver(runs[kind]?.sale)
  /** @type {(id: Kind, spoil: (sale: string) => Promise<unknown>) => Break} */
  const breakOf = (id, spoil) => ({
    ...{ id, isBroken: isUnderWay(id), outcome: outcomeOf(runs[id]), seen: say(runs[id]) },
    run: () => open(id, buyers).then(spoil),
  })
  const flush = async (/** @type {string} */ sale) => {
    await until(sale, ({ held, bought }) => held + bought >= UNITS / 2)
    await tour.demo({ action: 'flush' })
  }
  const killAtDeadline = async (/** @type {string} */ sale) => {
    await until(sale, ({ held, bought }) => held + bought > 0)
    await new Promise((done) => setTimeout(done, PAY_WITHIN_MS - BEFORE_DEADLINE_MS))
    await tour.demo({ action: 'kill', name: 'order' }).catch(unlessGone)
  }
  return {
    ...{ run: now === null ? null : (runs[now] ?? null), naive, buyers, setBuyers },
    isBusy: (now !== null && isUnderWay(now)) || naive?.isOver === false,
    deed: { isBusy: isUnderWay('plain'), isDone: isOver(runs.plain?.sale), run: () => open('plain', buyers) },
    breaks: [
      breakOf('flush', flush),
      breakOf('deadline', killAtDeadline),
      {
        ...{ id: 'naive', isBroken: naive?.isOver === false, outcome: outcomeOfNaive(naive), seen: sayNaive(naive) },
        run: () => begin(Math.min(buyers, NAIVE_MAX)),
      },
    ],
    repair: tour.restore,
    figure: figureOf(runs.plain?.sale ?? null, naive),
  }
}

/** The sale without a queue that was begun from this page. */
function useNaive(/** @type {TourNow} */ tour) {
  const [startedAt, setStartedAt] = useState(/** @type {number | null} */ (null))
  /** @type {NaiveAnswer | null} */
  const told = useTold(tour.store, PATH)
  const begin = async (/** @type {number} */ buyers) => {
    const asked = { page: tour.page, action: 'naive', units: UNITS, buyers }
    const begun = await tour.store.post(PATH, asked)
    setStartedAt(begun.startedAt)
  }
  return { naive: told?.naive?.startedAt === startedAt ? (told?.naive ?? null) : null, begin }
}

/** The page comes by order’s door: that nobody answers is as good as an answer. @param {unknown} error */
function unlessGone(error) {
  if (!(error instanceof Refusal && error.status === 0)) throw error
}

/** @param {SaleAnswer | null | undefined} sale */
const isOver = (sale) => sale?.state === 'ended'

/** @param {Run | undefined} run @returns {Outcome | null} */
function outcomeOf(run) {
  const sale = run?.sale
  if (!sale || !isOver(sale)) return null
  if (sale.bought > sale.units) return 'twice'
  return sale.why === 'soldOut' && sale.bought === sale.units ? 'late' : 'lost'
}

/** @param {Naive | null} naive @returns {Outcome | null} */
function outcomeOfNaive(naive) {
  if (naive === null || naive.sold === null) return null
  return naive.sold > naive.units ? 'twice' : 'nothing'
}

/** @param {Run | undefined} run */
function say(run) {
  if (!run?.sale || !isOver(run.sale)) return null
  const { units, bought, joined } = run.sale
  return t('tour.sale.seen', { units: number(units), bought: number(bought), joined: number(joined) })
}

/** @param {Naive | null} naive */
function sayNaive(naive) {
  if (naive?.trouble) return naive.trouble
  if (naive === null || naive.sold === null) return null
  const counts = { units: number(naive.units), sold: number(naive.sold), extra: number(naive.sold - naive.units) }
  return t('tour.sale.seen.naive', counts)
}

/** @param {SaleAnswer | null} sale @param {Naive | null} naive */
function figureOf(sale, naive) {
  if (sale === null || !isOver(sale)) return null
  const counts = { bought: number(sale.bought), units: number(sale.units) }
  if (naive === null || naive.sold === null) return t('tour.sale.figure', counts)
  return t('tour.sale.figure.both', { ...counts, naive: number(naive.sold) })
}
