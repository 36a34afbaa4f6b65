import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { retryAfterS } from '../../bench/http-connection.ts'
import { callFigures, countBetween, LEDGER, LOG, mostInASecond, readCalls } from '../../bench/peaks/calls.ts'
import { handovers } from '../../bench/sale/handovers.ts'
import { lossesOf } from '../../bench/sale/losses.ts'
import type { Heard, Word } from '../../bench/sale/words.ts'

const buyer = (buyer: number, word: Word, wasTaken = true): Heard => ({ buyer, wasTaken, word })
const none = { oversold: 0, soldTwice: 0, unsold: 0, winnersToldNo: 0, ordersLost: 0 }

describe('what goes wrong in a sale', () => {
  it('is nothing where each unit has one buyer who knows it, and all others were refused', () => {
    const heard = [buyer(1, 'won'), buyer(2, 'won'), buyer(3, 'lost'), buyer(4, 'lost', false)]

    expect(lossesOf({ units: 2, sold: [1, 2], heard })).toEqual(none)
  })

  it.each([
    ['a unit that there was not', { sold: [1, 2, 3] }, { oversold: 1, unsold: 0 }],
    ['a second unit of one buyer', { sold: [1, 1] }, { soldTwice: 1, oversold: 0 }],
    ['a unit that nobody got', { sold: [1] }, { unsold: 1 }],
  ])('counts %s', (_, { sold }, losses) => {
    const heard = sold.map((one) => buyer(one, 'won'))
    const others = [buyer(8, 'lost'), buyer(9, 'lost')]

    expect(lossesOf({ units: 2, sold, heard: [...heard, ...others] })).toMatchObject(losses)
  })

  it('counts a winner who was told that all is sold, and one who was told nothing', () => {
    const heard = [buyer(1, 'lost'), buyer(2, 'nothing')]

    expect(lossesOf({ units: 2, sold: [1, 2], heard })).toEqual({ ...none, winnersToldNo: 2 })
  })

  it('counts an order that was taken and never heard of again, and not one that was never taken', () => {
    const heard = [buyer(1, 'won'), buyer(2, 'nothing'), buyer(3, 'nothing', false), buyer(4, 'lost')]

    expect(lossesOf({ units: 1, sold: [1], heard })).toEqual({ ...none, ordersLost: 1 })
  })

  it('does not ask for more buyers than have come', () => {
    expect(lossesOf({ units: 5, sold: [1], heard: [buyer(1, 'won')] })).toEqual(none)
  })
})

describe('a unit that was not paid for', () => {
  it('is the next one’s so long after its deadline, whichever order had it', () => {
    const first = [
      { placedAt: 0, payBy: 1_000 },
      { placedAt: 0, payBy: 1_010 },
    ]
    const next = [
      { placedAt: 1_300, payBy: 2_300 },
      { placedAt: 1_200, payBy: 2_200 },
      { placedAt: 2_450, payBy: 3_450 },
    ]

    expect(handovers([...next, ...first], 2)).toEqual([200, 290, 250])
  })
})

describe('the calls of a gateway', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'orderline-calls-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('are read from its ledger and its log', () => {
    const entries = [
      { kind: 'charge', at: 2_000 },
      { kind: 'open', at: 900 },
      { kind: 'charge', at: 1_000 },
    ]
    const told = [
      { time: 1_500, msg: 'request.refused' },
      { time: 1_400, msg: 'ready' },
    ]
    const lines = (all: object[]) => all.map((one) => `${JSON.stringify(one)}\n`).join('')
    writeFileSync(join(folder, LEDGER), lines(entries))
    writeFileSync(join(folder, LOG), lines(told))

    expect(readCalls(folder)).toEqual({ taken: [1_000, 2_000], refused: [1_500] })
  })

  it('tell how long a peak took, and how many were refused when its first second was over', () => {
    const figures = callFigures({ taken: [1_100, 1_200, 9_000], refused: [1_050, 2_049, 2_050, 4_000] }, 1_000)

    expect(figures).toEqual({ drainSeconds: 8, refusedFirstSecond: 2, refusedLater: 2, busiestSecond: 2 })
  })

  it('are most in whichever second has most, wherever it begins', () => {
    expect(mostInASecond([0, 900, 950, 1_000, 1_899, 1_900])).toBe(4)
    expect(mostInASecond([])).toBe(0)
  })

  it('are counted between two moments', () => {
    expect(countBetween([1, 2, 3, 4], 2, 4)).toBe(2)
  })
})

describe('a refusal', () => {
  it('says in how many seconds to come again, or does not', () => {
    const answer = { status: 503, body: '' }

    expect(retryAfterS({ ...answer, head: 'HTTP/1.1 503 Busy\r\nRetry-After: 12\r\nX: y' })).toBe(12)
    expect(retryAfterS({ ...answer, head: 'HTTP/1.1 503 Busy\r\nX: y' })).toBeUndefined()
  })
})
