import { get } from '/assets/js/api.js'

/** @import { Entry } from './draw.js' */

const PAGE = 1_000
const PAGES_MAX = 500 // half a million tickets

/** All entries of a sale, page by page; `tell` hears how many there are so far. @param {string} sale @param {(count: number) => void} tell @returns {Promise<Entry[]>} */
export async function readEntries(sale, tell) {
  /** @type {Entry[]} */ const entries = []
  /** @type {number | null} */ let after = 0
  for (let page = 0; after !== null && page < PAGES_MAX; page++) {
    const answer = await get(`/api/sales/${sale}/entries?after=${after}&limit=${PAGE}`)
    entries.push(...answer.entries)
    after = answer.next
    tell(entries.length)
  }
  return entries
}
