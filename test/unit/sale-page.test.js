import { describe, expect, it } from '@jest/globals'
import { announcement } from '../../services/sale/announcement.ts'
import { judge, placesInLine, placesOf, sha256 } from '../../services/sale/public/js/draw.js'
import { hadTurn, missingIn, placeOf, waitOf } from '../../services/sale/public/js/line.js'
import { announcementOf, DEFAULTS } from '../../services/sale/public/js/run/announce.js'
import { askInMs, signOf } from '../../services/sale/public/js/when-to-ask.js'

/** @import { Entry } from '../../services/sale/public/js/draw.js' */

describe('a place in line', () => {
  it('is how many still stand before it, and none of it once its turn has come', () => {
    expect(placeOf(61, { admittedUpTo: 30 })).toBe(30)
    expect(placeOf(31, { admittedUpTo: 30 })).toBe(0)
    expect(placeOf(12, { admittedUpTo: 30 })).toBe(0)
    expect([31, 30].map((position) => hadTurn(position, { admittedUpTo: 30 }))).toEqual([false, true])
  })

  it('is not known before a draw', () => {
    expect(placeOf(null, { admittedUpTo: 0 })).toBeNull()
    expect(hadTurn(null, { admittedUpTo: 0 })).toBe(false)
  })
})

describe('what is said of a wait', () => {
  const line = { free: 0, held: 20, admittedUpTo: 100, drainPerMinute: 6 }

  it('is soon only while there are free units for all who stand before', () => {
    expect(waitOf(4, { ...line, free: 5 })).toEqual({ is: 'next' })
    expect(waitOf(5, { ...line, free: 5 })).not.toEqual({ is: 'next' })
  })

  it('has a time only where the unpaid units would reach, and somebody was let in lately', () => {
    expect(waitOf(2, line)).toEqual({ is: 'possible', paceMs: 30_000 })
    expect(waitOf(2, { ...line, drainPerMinute: 0 })).toEqual({ is: 'possible', paceMs: null })
    expect(waitOf(20, line)).toEqual({ is: 'far' })
  })

  it('is, of a group, how many are missing', () => {
    expect(missingIn({ units: 12, bought: 5 })).toBe(7)
  })
})

describe('a page that asks what has become of its entry', () => {
  const sale = /** @type {const} */ ({ state: 'open', seed: null, joined: 50_000, held: 3_000, bought: 7_000 })

  it('does so when the unit may have gone to the next: the line has moved, though as many are held as before', () => {
    const signs = (/** @type {import('../../services/sale/entry-answer.ts').EntryAnswer['state']} */ state) =>
      [8, 9].map((admittedUpTo) => signOf({ ...sale, admittedUpTo }, { state, position: 7 }))

    expect(new Set(signs('admitted')).size).toBe(2)
    expect(new Set(signs('gone')).size).toBe(1)
    expect(new Set(signs('waiting')).size).toBe(1)
  })

  it('asks at once where it is its turn, and else one after another: all who have joined, or all who were let in', () => {
    expect(askInMs(sale, { state: 'waiting', position: 7 }, 1)).toBe(300)
    expect(askInMs(sale, { state: 'waiting', position: null }, 0.5)).toBe(12_500)
    expect(askInMs(sale, { state: 'admitted', position: 7 }, 0.5)).toBe(2_500)
    expect(askInMs({ joined: 9, held: 1, bought: 2 }, { state: 'bought', position: 7 }, 1)).toBe(300)
  })
})

describe('a draw', () => {
  it('is recomputed in the browser as anybody else would: with printf seed:a | sha256sum, and so on, sorted', async () => {
    const places = await placesOf('seed', ['a', 'b', 'c', 'd', 'e', 'f'])

    expect([...places].map(([ticket, place]) => `${place} ${ticket}`)).toEqual([
      '1 f',
      '2 a',
      '3 e',
      '4 d',
      '5 c',
      '6 b',
    ])
    expect(await sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })

  it('is found out where a place was given to somebody else', async () => {
    const tickets = Array.from({ length: 500 }, (_, i) => `ticket-${i}`)
    const places = await placesOf('seed', tickets)
    const entries = tickets.map((ticket, i) => entry(ticket, i + 1, places.get(ticket) ?? 0, null))
    expect(judge(entries, places, 'ticket-7')).toEqual({
      count: 500,
      own: places.get('ticket-7'),
      misplaced: 0,
      overtaken: 0,
    })

    const swapped = entries.map((one, i) => ({ ...one, position: entries[i ^ 1]?.position ?? null }))

    expect(judge(swapped, places, null)).toMatchObject({ own: null, misplaced: 500 })
  })
})

describe('a line', () => {
  const line = (/** @type {(number | null)[]} */ ...admissions) =>
    admissions.map((admission, i) => entry(`t${i}`, i + 1, i + 1, admission))

  it('is fair where admissions follow the numbers, though it goes on while it is read', () => {
    const entries = line(1, 2, null, 3)
    expect(judge(entries, placesInLine(entries), 't1')).toEqual({ count: 4, own: 2, misplaced: 0, overtaken: 0 })
  })

  it('is not where somebody was let in before one who had come earlier', () => {
    const entries = line(1, 3, 2, 4)
    expect(judge(entries, placesInLine(entries), null).overtaken).toBe(1)
  })
})

describe('an announcement', () => {
  const NOW = Date.now()
  const usual = { ...DEFAULTS, kind: 'flash', sku: 'MUG-001', price: '13.5', order: 'line' }
  const wish = /** @type {any} */ (
    Object.fromEntries(Object.entries(usual).map(([name, value]) => [name, String(value)]))
  )

  it('is what sale takes, as the form stands before anybody changes it', () => {
    const asked = announcementOf(wish, NOW)

    expect(announcement.parse(asked)).toMatchObject({ units: 100, priceCents: 1_350, opensAt: NOW + 30_000 })
    expect(asked).not.toHaveProperty('drawsAt')
  })

  it('has a time for lots only where lots are drawn', () => {
    expect(announcement.parse(announcementOf({ ...wish, order: 'draw' }, NOW))).toMatchObject({ drawsAt: NOW + 60_000 })
  })
})

/** @param {string} ticket @param {number} number @param {number} position @param {number | null} admission @returns {Entry} */
const entry = (ticket, number, position, admission) => ({ ticket, number, position, admission })
