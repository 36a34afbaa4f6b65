import { describe, expect, it } from '@jest/globals'
import { waitOf } from '../../services/order/hop.ts'
import { createHopMeter, type Flow } from '../../services/order/hop-meter.ts'

type Second = { waiting: number; handled?: number; calls?: number; pacePerS?: number | null; backlog?: number }

/** A hop with one worker, looked at once a second: what waits then, and what was handled since. */
function hop() {
  const measure = createHopMeter()
  const counters = { handled: 0, calls: 0, at: 1_000 }
  let atMs = 0
  let flow: Flow
  return {
    /** The same second so many times. */
    look: (second: Second, times = 1) => {
      const { waiting, handled = 0, calls = handled, pacePerS = null, backlog = waiting } = second
      for (let i = 0; i < times; i++) {
        atMs += 1_000
        counters.at += 1_000
        counters.handled += handled
        counters.calls += calls
        flow = measure({ atMs, waiting, backlog, pacePerS, workers: new Map([['w', { ...counters }]]) })
      }
      return flow
    },
  }
}

describe('what a hop is taken to manage', () => {
  it('is something sensible until it was seen at work, and never more than its pace', () => {
    expect(hop().look({ waiting: 5_000 }).canPerS).toBe(500)
    expect(hop().look({ waiting: 5_000, pacePerS: 100 }).canPerS).toBeCloseTo(97)
  })

  it('is what it does while more waits than it does in a second', () => {
    expect(hop().look({ waiting: 9_000, handled: 40 }, 30).canPerS).toBeCloseTo(40, -1)
    expect(hop().look({ waiting: 90_000, handled: 4_000 }, 30).canPerS).toBeCloseTo(4_000, -2)
  })

  it('is not what comes, where little does: a quiet shop is not a slow one', () => {
    const quiet = hop()
    expect(quiet.look({ waiting: 1, handled: 2 }, 600).canPerS).toBe(500)
  })

  it('is not what comes, where what waits is under way already', () => {
    const patient = hop()
    expect(patient.look({ waiting: 60, backlog: 0, handled: 20 }, 600).canPerS).toBe(500)
  })

  it('is told of one that handles one in some seconds, too', () => {
    const slow = hop()
    for (let i = 0; i < 20; i++) {
      slow.look({ waiting: 900, handled: 0 }, 3)
      slow.look({ waiting: 900, handled: 1 })
    }
    expect(slow.look({ waiting: 900 }).canPerS).toBeLessThan(20)
  })

  it('stays what it was while nothing is handled: who stands still is not slow', () => {
    const one = hop()
    const before = one.look({ waiting: 9_000, handled: 40 }, 30).canPerS

    one.look({ waiting: 9_000 }, 300)
    expect(one.look({ waiting: 9_000, handled: 40 }).canPerS).toBeGreaterThan(0.8 * before)
  })

  it('begins anew with another pace', () => {
    const one = hop()
    one.look({ waiting: 9_000, handled: 10, pacePerS: 10 }, 60)

    expect(one.look({ waiting: 9_000, handled: 10, pacePerS: 200 }).canPerS).toBeGreaterThan(150)
  })

  it('counts messages, of which some cost no call and some two', () => {
    const mixed = hop()
    expect(mixed.look({ waiting: 9_000, handled: 200, calls: 100, pacePerS: 103.1 }, 60).canPerS).toBeCloseTo(200, -1)
  })

  it('goes with what comes and what goes', () => {
    const one = hop()
    one.look({ waiting: 0 })
    const flows = Array.from({ length: 30 }, (_, i) => one.look({ waiting: 60 * (i + 1), handled: 40 }))

    expect(flows.at(-1)?.inPerS).toBeCloseTo(100, 0)
    expect(flows.at(-1)?.outPerS).toBeCloseTo(40, 0)
  })
})

describe('the wait of what is placed now', () => {
  it('is that before the slowest hop, to which all comes that waits before it', () => {
    const hops = [
      { waiting: 5_000, canPerS: 5_000 },
      { waiting: 1_000, canPerS: 100 },
    ]
    expect(waitOf(hops)).toEqual({ waitsMs: [1_000, 60_000], waitMs: 60_000, perOrderMs: 10 })
  })

  it('is that before the first, where that is the slowest', () => {
    const hops = [
      { waiting: 5_000, canPerS: 50 },
      { waiting: 1_000, canPerS: 1_000 },
    ]
    expect(waitOf(hops)).toMatchObject({ waitsMs: [100_000, 100_000], perOrderMs: 20 })
  })

  it('is nothing where nobody has looked yet', () => {
    expect(waitOf([])).toEqual({ waitsMs: [], waitMs: 0, perOrderMs: 0 })
  })
})
