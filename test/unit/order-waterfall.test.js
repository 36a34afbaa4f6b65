import { describe, expect, it } from '@jest/globals'
import { axisOf, stretchesOf, sumsOf } from '../../services/order/public/js/trace-axis.js'

/** @import { Hop } from '../../services/order/trace/trace-answer.ts' */

const AT = 1_795_000_000_000

/** @param {Partial<Hop>} parts @returns {Hop} */
const hop = (parts) => ({
  ...{ messageId: 'm', event: 'stock.reserved', from: 'inventory', to: 'payment', sentAt: AT },
  ...{ beganAt: null, doneAt: null, outcome: null, failures: [], copiesAt: [], waits: null },
  ...parts,
})
const done = { outcome: /** @type {const} */ ('done') }
const shape = (/** @type {Hop} */ one, now = AT) =>
  stretchesOf(one, now).map(({ is, from, to }) => [is, from - AT, to - AT])

describe('the stretches of a message', () => {
  it('are its wait and the work on it', () => {
    expect(shape(hop({ ...done, beganAt: AT + 4, doneAt: AT + 30 }))).toEqual([
      ['wait', 0, 4],
      ['work', 4, 30],
    ])
  })

  it('have a failed attempt between two waits', () => {
    const failures = [{ beganAt: AT + 10, failedAt: AT + 20 }]

    expect(shape(hop({ ...done, failures, beganAt: AT + 120, doneAt: AT + 150 }))).toEqual([
      ['wait', 0, 10],
      ['failed', 10, 20],
      ['wait', 20, 120],
      ['work', 120, 150],
    ])
  })

  it('are one where the log does not tell what it was', () => {
    const stretches = stretchesOf(hop({ ...done, doneAt: AT + 90 }), AT)

    expect(stretches).toEqual([{ is: 'either', from: AT, to: AT + 90 }])
    expect(sumsOf(stretches)).toEqual({ waitedMs: 0, workedMs: 0, eitherMs: 90 })
  })

  it('grow up to now while it is under way', () => {
    const tried = { attempt: null, nextInMs: null, isOutage: false }

    expect(shape(hop({ waits: { is: 'queued', sinceMs: 900, ...tried } }), AT + 900)).toEqual([['wait', 0, 900]])
    expect(shape(hop({ waits: { is: 'working', sinceMs: 200, ...tried } }), AT + 900)).toEqual([
      ['wait', 0, 700],
      ['work', 700, 900],
    ])
  })
})

describe('the scale of an order', () => {
  it('goes from its first message to the end of its last', () => {
    const axis = axisOf([hop({ ...done, doneAt: AT + 50 }), hop({ ...done, sentAt: AT + 50, doneAt: AT + 100 })], AT)

    expect([axis.place(AT), axis.place(AT + 50), axis.place(AT + 100)]).toEqual([0, 50, 100])
    expect(axis.rests).toEqual([])
  })

  it('leaves out the hour in which nothing was under way, and says that it does', () => {
    const hour = 3_600_000
    const axis = axisOf(
      [hop({ ...done, doneAt: AT + 100 }), hop({ ...done, sentAt: AT + hour, doneAt: AT + hour + 100 })],
      AT,
    )

    expect(axis.place(AT + 100)).toBeCloseTo(47)
    expect(axis.place(AT + hour)).toBeCloseTo(53)
    expect(axis.rests).toEqual([{ at: expect.closeTo(50), ms: hour - 100 }])
    expect(axis.busyMs).toBe(200)
  })

  it('does not mind an order of which nothing is known', () => {
    expect(axisOf([], AT).place(AT)).toBe(0)
  })
})
