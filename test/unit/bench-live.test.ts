import { describe, expect, it } from '@jest/globals'
import { countTold, receiptWaits } from '../../bench/alerts/told.ts'
import { noteOf, notesIn } from '../../bench/live/note.ts'
import { Tally } from '../../bench/live/tally.ts'

describe('what a reader counts by itself', () => {
  const heard = (numbers: number[], last: number) => {
    const tally = new Tally()
    const isNew = numbers.map((n) => tally.hear(n))
    tally.end(last)
    return { missed: tally.missed, doubled: tally.doubled, isNew }
  }

  it('is nothing where each note came once, in its order', () => {
    expect(heard([1, 2, 3], 3)).toEqual({ missed: 0, doubled: 0, isNew: [true, true, true] })
  })

  it('are those between that never came, and those at the end', () => {
    expect(heard([2, 5], 7)).toMatchObject({ missed: 1 + 2 + 2, doubled: 0 })
    expect(heard([], 3)).toMatchObject({ missed: 3 })
  })

  it('are those that came again', () => {
    expect(heard([1, 2, 1, 2, 3], 3)).toEqual({ missed: 0, doubled: 2, isNew: [true, true, false, false, true] })
  })

  it('is found in whatever stands around it', () => {
    const text = `id: 1\ndata: {"text":"${noteOf(3, 1_000)}"}\n\n1f\r\ndata: ${noteOf(4, 2_000)}\n\n`

    expect(notesIn(text)).toEqual([
      { n: 3, at: 1_000 },
      { n: 4, at: 2_000 },
    ])
  })
})

describe('who waited for a product', () => {
  const mail = (to: string, at: number, orderNumber?: string) => ({ id: `${to}-${at}`, at, to: [to], orderNumber })

  it('has a mail, or none, or too many', () => {
    const mails = [mail('a', 1), mail('b', 2), mail('b', 3), mail('b', 4)]

    expect(countTold(mails, ['a', 'b', 'c'])).toEqual({ missing: 1, doubled: 2 })
  })

  it('is in nobody’s way whose receipt comes soon: the first mail about an order counts', () => {
    const mails = [mail('x', 1_500, 'OL-1'), mail('x', 1_200, 'OL-1'), mail('y', 2_300, 'OL-2')]
    const orders = [
      { number: 'OL-1', at: 1_100 },
      { number: 'OL-2', at: 2_000 },
    ]

    expect(receiptWaits(mails, orders, 9_000).receiptP50Ms).toBe(200)
    expect(receiptWaits([], orders.slice(0, 1), 9_000).receiptP50Ms).toBe(7_900)
  })
})
