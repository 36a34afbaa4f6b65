import type { Figures } from '../contest.ts'
import type { Heard } from './words.ts'

/** `units` there were; `sold` names, for each that is sold in the books, to whom. */
export type Outcome = { units: number; sold: number[]; heard: Heard[] }

/**
 * What went wrong in a sale, counted when all is at rest: units sold that there were not, second units of one buyer, units
 * nobody got though more people came; buyers who have a unit and were told that they have none, or nothing; and buyers whose
 * order was taken, and who have neither a unit nor a refusal.
 */
export function lossesOf({ units, sold, heard }: Outcome): Figures {
  const winners = new Set(sold)
  const has = ({ buyer }: Heard) => winners.has(buyer)
  return {
    oversold: Math.max(sold.length - units, 0),
    soldTwice: sold.length - winners.size,
    unsold: Math.max(Math.min(units, heard.length) - sold.length, 0),
    winnersToldNo: heard.filter((one) => has(one) && one.word !== 'won').length,
    ordersLost: heard.filter((one) => !has(one) && one.wasTaken && one.word !== 'lost').length,
  }
}
