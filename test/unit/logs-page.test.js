import { describe, expect, it } from '@jest/globals'
import { addLines } from '../../services/logs/public/js/add-lines.js'
import { queryOf, wishFrom, wishIn } from '../../services/logs/public/js/wish.js'
import { barsOf } from '../../shared/web/public/js/logs/bars.js'

/** @import { Shown } from '../../services/logs/public/js/add-lines.js' */

const ID = '01a20753-7f79-740f-a857-ba8f5bfbbd1d'

describe('what is typed above the lines', () => {
  it('is the number or the id of an order, or words', () => {
    expect(wishIn(' ol-1000001 ')).toEqual({ subject: 'OL-1000001', q: '' })
    expect(wishIn(ID.toUpperCase())).toEqual({ subject: ID, q: '' })
    expect(wishIn('payment declined')).toEqual({ subject: '', q: 'payment declined' })
    expect(wishIn('')).toEqual({ subject: '', q: '' })
  })

  it('stands in the address, so that others can be sent there', () => {
    const wish = { subject: '', q: 'no answer & more', service: 'payment', level: '50' }

    expect(wishFrom(`?${queryOf(wish)}`)).toEqual(wish)
    expect(String(queryOf(wishFrom('?q=')))).toBe('')
  })
})

describe('the lines as they come', () => {
  it('are shown once and in their order, also after the page has asked anew', () => {
    const shown = addLines(addLines([], news([1, 2, 4])), news([2, 3, 4, 5]))

    expect(shown.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
  })

  it('say how many were left out, where they would have stood', () => {
    const shown = addLines(addLines([], news([1, 2])), news([90, 91], 87))

    expect(shown.map(({ line, skipped }) => line?.seq ?? -skipped)).toEqual([1, 2, -87, 90, 91])
  })

  it('are as many as can be shown, and then the oldest go', () => {
    const many = Array.from({ length: 1_000 }, (_, i) => i + 1)

    const shown = addLines(/** @type {Shown[]} */ ([]), news(many))

    expect([shown.length, shown.at(-1)?.seq]).toEqual([300, 1_000])
  })
})

describe('a bar', () => {
  it('is seen where there is anything at all, and not where there is nothing', () => {
    expect(barsOf([0, 1, 1_000], 1_000).match(/M/g)).toHaveLength(2)
    expect(barsOf([0, 0], 0)).toBe('')
  })
})

/** @param {number[]} seqs @param {number} [skipped] */
const news = (seqs, skipped = 0) => ({ lines: seqs.map(line), skipped })

const line = (/** @type {number} */ seq) => ({
  ...{
    seq,
    at: '2026-11-27T12:00:00.000Z',
    level: 30,
    service: 'order',
    msg: 'order.placed',
    subject: ID,
    order: null,
  },
  ...{ run: 'r', n: seq, text: '{}' },
})
