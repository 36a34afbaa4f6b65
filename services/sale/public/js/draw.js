const AT_ONCE = 2_000 // digests; more of them would only take memory

/**
 * What is public of an entry. `position` is its place in line, `admission` counts those that were let in.
 * @typedef {{ ticket: string, number: number, position: number | null, admission: number | null }} Entry
 * @typedef {{ count: number, own: number | null, misplaced: number, overtaken: number }} Finding
 */

/**
 * The places that a seed gives to tickets: by sha256(seed:ticket) in hexadecimal, then by ticket, counted from 1.
 * @param {string} seed @param {string[]} tickets @returns {Promise<Map<string, number>>}
 */
export async function placesOf(seed, tickets) {
  /** @type {{ ticket: string, hash: string }[]} */
  const drawn = []
  for (let i = 0; i < tickets.length; i += AT_ONCE) {
    const some = tickets.slice(i, i + AT_ONCE)
    drawn.push(
      ...(await Promise.all(some.map(async (ticket) => ({ ticket, hash: await sha256(`${seed}:${ticket}`) })))),
    )
  }
  drawn.sort((a, b) => compare(a.hash, b.hash) || compare(a.ticket, b.ticket))
  return new Map(drawn.map(({ ticket }, i) => [ticket, i + 1]))
}

/** The places of a line: the numbers that the tickets were given. @param {Entry[]} entries */
export const placesInLine = (entries) => new Map(entries.map(({ ticket, number }) => [ticket, number]))

/**
 * Holds what the shop says of its entries against the places they should have: how many of them stand elsewhere, and how
 * many were let in before somebody who stood before them. `own` is the place of one ticket, null where it is not among them.
 * @param {Entry[]} entries @param {Map<string, number>} places @param {string | null} ticket @returns {Finding}
 */
export function judge(entries, places, ticket) {
  const misplaced = entries.filter((entry) => entry.position !== null && entry.position !== places.get(entry.ticket))
  return {
    count: entries.length,
    own: (ticket !== null && places.get(ticket)) || null,
    misplaced: misplaced.length,
    overtaken: countOvertaken(entries, places),
  }
}

/**
 * By their places, admissions only grow. Who was not let in yet is left out: entries are read page by page, while the sale
 * goes on.
 * @param {Entry[]} entries @param {Map<string, number>} places
 */
function countOvertaken(entries, places) {
  const placeOf = (/** @type {Entry} */ { ticket }) => places.get(ticket) ?? 0
  const admitted = entries.filter(({ admission }) => admission !== null).sort((a, b) => placeOf(a) - placeOf(b))
  let latest = 0
  let overtaken = 0
  for (const { admission } of admitted) {
    if ((admission ?? 0) < latest) overtaken++
    latest = Math.max(latest, admission ?? 0)
  }
  return overtaken
}

/** @param {string} text @returns {Promise<string>} in hexadecimal */
export async function sha256(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** @param {string} a @param {string} b */
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0)
