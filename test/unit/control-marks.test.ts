import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { createMarks, marksIn } from '../../services/control/demo/marks.ts'
import { createHopChart } from '../../services/control/room/hop-chart.ts'
import { createSpans } from '../../shared/protocol/spans.ts'

const AT = 1_795_000_000_000

describe('what was broken', () => {
  it('is remembered for three minutes', () => {
    const shop = openMarks()
    shop.marks.note({ what: 'kill', name: 'payment' })
    shop.pass(179_000)
    shop.marks.note({ what: 'gateway', mode: 'slow' })

    expect(shop.whats()).toEqual(['kill', 'gateway'])
    shop.pass(2_000)
    expect(shop.whats()).toEqual(['gateway'])
  })

  it('is remembered by a control that was killed, whose file may be anything', () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'marks-'))
    createMarks(marksIn(dataDir), () => AT).note({ what: 'kill', name: 'control' })

    expect(createMarks(marksIn(dataDir), () => AT + 1_000).all()).toEqual([{ at: AT, what: 'kill', name: 'control' }])
    writeFileSync(join(dataDir, 'demo-marks.json'), '[{"at":')
    expect(createMarks(marksIn(dataDir), () => AT).all()).toEqual([])
    rmSync(dataDir, { recursive: true })
  })

  it('is not, when it did not come to pass', () => {
    const shop = openMarks()

    const takeBack = shop.marks.note({ what: 'flush' })
    takeBack()

    expect(shop.whats()).toEqual([])
  })

  it('is also a death that nobody asked for here, once', () => {
    const shop = openMarks()
    shop.see({ pid: 1 })
    shop.see({ state: 'waiting' })
    shop.see({ pid: 2 })
    shop.pass(10_000)
    shop.see({ pid: 3 }) // it came back between two looks

    expect(shop.marks.all()).toMatchObject([
      { what: 'died', name: 'payment' },
      { what: 'died', name: 'payment', at: AT + 10_000 },
    ])
  })

  it('is one thing where a process was killed, or stopped, on purpose', () => {
    const shop = openMarks()
    shop.see({ pid: 1 })
    shop.marks.note({ what: 'kill', name: 'payment' })
    shop.see({ pid: 2 })
    shop.pass(60_000)
    shop.marks.note({ what: 'stop', name: 'payment' })
    shop.see({ pid: 2, state: 'stopping' })
    shop.see({ state: 'stopped' })
    shop.see({ pid: 3 })

    expect(shop.whats()).toEqual(['kill', 'stop'])
  })

  it('is also a pause, and its end, whoever asked for it', () => {
    const { marks, whats } = openMarks()
    marks.seeQueues([{ service: 'payment', pausedAt: null }])
    marks.seeQueues([{ service: 'payment', pausedAt: AT }])
    marks.seeQueues([{ service: 'payment', pausedAt: AT }])
    marks.seeQueues([{ service: 'payment', pausedAt: null }])

    expect(whats()).toEqual(['pause', 'resume'])
  })
})

describe('how long messages wait and are worked on', () => {
  it('is what was counted between two beats of a worker, by second', () => {
    const chart = createHopChart()
    chart.note(beatOf([10, 10, 10, 10]), AT)
    chart.note(beatOf([10, 10, 10, 10, ...Array(99).fill(20), 5_000]), AT + 1_000)

    const [second, ...others] = chart.draw(AT + 1_000).all
    expect(others).toEqual([])
    const { wait } = second?.hops.payment ?? {}
    expect(wait?.p50).toBeGreaterThan(16)
    expect(wait?.p50).toBeLessThan(24)
    expect(wait?.p99).toBeLessThan(24) // one outlier in a hundred is beyond it
    expect(second?.hops.payment?.work).toBeNull()
  })

  it('is told once, unless there is more of that second', () => {
    const chart = createHopChart()
    chart.note(beatOf([]), AT)
    chart.note(beatOf([1]), AT + 400)
    expect(chart.draw(AT + 400).changed).toHaveLength(1)
    expect(chart.draw(AT + 500).changed).toEqual([])

    chart.note(beatOf([1, 1]), AT + 900)

    expect(chart.draw(AT + 900).changed).toHaveLength(1)
  })

  it('is not known of the time in which nobody looked', () => {
    const chart = createHopChart()
    chart.note(beatOf([1]), AT)

    chart.note(beatOf(Array(1_000).fill(1)), AT + 600_000)

    expect(chart.draw(AT + 600_000).all).toEqual([])
  })
})

function openMarks() {
  let now = AT
  const marks = createMarks({ read: () => null, write: () => {} }, () => now)
  return {
    marks,
    whats: () => marks.all().map(({ what }) => what),
    see: (of: { state?: string; pid?: number }) => marks.see([{ name: 'payment', state: 'up', ...of }]),
    pass: (ms: number) => {
      now += ms
    },
  }
}

let beats = 0

/** The beat of a worker that has been there for long, before which messages have waited so long. */
function beatOf(waits: number[]) {
  const wait = createSpans()
  for (const ms of waits) wait.note(ms)
  const counts = { incarnation: 0, handled: 0, retried: 0, buried: 0, inFlight: 0 }
  const beat = { host: 'h', pid: 1, at: ++beats, startedAt: AT - 60_000, url: null, ...counts }
  return new Map([['payment', new Map([['w', { ...beat, times: { wait: [...wait.counts()], work: [] } }]])]])
}
