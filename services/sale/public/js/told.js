/**
 * What the shop tells of a sale.
 * @typedef {object} ShownSale
 * @property {string} id
 * @property {'flash' | 'group'} kind
 * @property {'line' | 'draw'} order
 * @property {string} sku
 * @property {string} name
 * @property {number} priceCents
 * @property {string} currency
 * @property {'announced' | 'open' | 'drawing' | 'ended'} state
 * @property {'soldOut' | 'overdue' | 'formed' | 'failed' | null} why
 * @property {number} units
 * @property {number} free
 * @property {number} held
 * @property {number} bought
 * @property {number} spared
 * @property {number} joined
 * @property {number} admittedUpTo
 * @property {number} waiting
 * @property {number} drainPerMinute
 * @property {string} opensAt
 * @property {string | null} drawsAt
 * @property {string} endsAt
 * @property {number} payWithinMs
 * @property {string | null} endedAt
 * @property {string | null} seedHash
 * @property {string | null} seed
 */
/**
 * How a ticket stands.
 * @typedef {object} ShownEntry
 * @property {string} ticket
 * @property {number} number
 * @property {number | null} position
 * @property {number | null} place
 * @property {'joined' | 'waiting' | 'admitted' | 'bought' | 'gone' | 'refused'} state
 * @property {string | null} [orderUrl]
 */
export {}
