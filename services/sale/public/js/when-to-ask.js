import { hadTurn } from './line.js'

/** @import { EntryAnswer } from '../../entry-answer.ts' */
/** @import { SaleAnswer } from '../../sale-answer.ts' */
/** @typedef {Pick<EntryAnswer, 'state' | 'position'>} Entry */

/** @param {Entry} entry */
const isInLine = ({ state }) => state === 'joined' || state === 'waiting'

/**
 * Changes with all that may change how an entry stands. A unit that one has lost may be held by the next at once: then the
 * line has moved, and nothing else.
 * @param {Pick<SaleAnswer, 'state' | 'seed' | 'held' | 'bought' | 'admittedUpTo'>} sale @param {Entry | null} entry
 */
export function signOf(sale, entry) {
  if (entry === null) return 'unknown'
  if (entry.state === 'gone') return 'gone'
  if (isInLine(entry)) return entry.position === null ? `${sale.seed}` : `${hadTurn(entry.position, sale)}`
  return `${sale.state} ${sale.held} ${sale.bought} ${sale.admittedUpTo}`
}

/** The numbers told to all may be ahead of what an entry was told by a moment. @param {Entry} entry @param {SaleAnswer} sale */
export const isBehind = (entry, sale) => isInLine(entry) && hadTurn(entry.position, sale)

const SOON_MS = 300
const CROWD_PER_S = 2_000 // of those who ask about what has happened to all of them

/**
 * After how long a page asks what has become of its entry (ms). A draw happens to all who have joined, and a payment may be that
 * of anybody who was let in: they ask one after another. A turn is that of one.
 * @param {Pick<SaleAnswer, 'joined' | 'held' | 'bought'>} sale @param {Entry} entry @param {number} [luck] from 0 to 1
 */
export function askInMs({ joined, held, bought }, entry, luck = Math.random()) {
  const letIn = isInLine(entry) ? 1 : held + bought
  const crowd = entry.position === null ? joined : letIn
  return Math.max(SOON_MS, (luck * crowd * 1_000) / CROWD_PER_S)
}
