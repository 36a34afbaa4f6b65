import type { Figure } from '../figure.ts'
import type { Limits } from '../handler.ts'
import { asideOf, lanesOf, type Queue, type Service } from '../routes.ts'
import type { Sql } from '../store/database.ts'
import { type Hand, type HandDeps, startHand } from './hand.ts'
import { sumOfTimes } from './held.ts'
import { createInHand } from './in-hand.ts'
import { figuresOf } from './passage-figures.ts'
import type { Beat } from './workers.ts'

/** All hands of a worker, as one. */
export type Hands = Pick<Hand, 'reachFor' | 'share' | 'stop'> & {
  /** What they hold and have done, all together. */
  sums(): Pick<Beat, 'inFlight' | 'handled' | 'retried' | 'buried' | 'times'>
  /** How the way out of the worker's own lists stands; undefined where nothing of them goes out. */
  passage(): Beat['passage']
  /** Some way out has a rate, to be shared with other workers. */
  arePaced(): boolean
  /** What goes out for this list does so at another pace. */
  setPace(list: Queue, perSecond: number | undefined): void
  figures(): Figure[]
}

type Deps<Client> = Omit<HandDeps<Client>, 'lists' | 'limits' | 'inHand'> & {
  service: Service
  limitsOf(list: Queue): Limits | undefined
}

/** Starts one hand for the lists of a service, lane by lane, and one more for the list aside where it has one. */
export function startHands<Client extends Sql>(deps: Deps<Client>): Hands {
  const { service, limitsOf } = deps
  const inHand = createInHand()
  const start = (list: Queue, lists: Queue[]) => startHand({ ...deps, inHand, lists, limits: limitsOf(list) })
  const aside = asideOf(service).map((list) => [list, start(list, [list])] as const)
  const main = start(service, lanesOf(service))
  const byList = new Map([[service, main], ...aside])
  const hands = [...byList.values()]
  return {
    sums: () => sumsOf(hands),
    passage: () => limitsOf(service) && main.passage(),
    arePaced: () => hands.some((hand) => hand.passage().perSecond !== null),
    share: (workers) => hands.forEach((hand) => void hand.share(workers)),
    setPace: (list, perSecond) => byList.get(list)?.setPace(perSecond),
    reachFor: main.reachFor,
    figures: () => [...byList].flatMap(([list, hand]) => (limitsOf(list) ? figuresOf(list, hand.passage) : [])),
    stop: async () => void (await Promise.all(hands.map((hand) => hand.stop()))),
  }
}

function sumsOf(hands: Hand[]): ReturnType<Hands['sums']> {
  const sumOf = (count: (hand: Hand) => number) => hands.reduce((sum, hand) => sum + count(hand), 0)
  return {
    inFlight: sumOf((hand) => hand.held()),
    handled: sumOf(({ counts }) => counts.handled),
    retried: sumOf(({ counts }) => counts.retried),
    buried: sumOf(({ counts }) => counts.buried),
    times: sumOfTimes(hands.map((hand) => hand.times())),
  }
}
