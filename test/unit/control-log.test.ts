import { describe, expect, it } from '@jest/globals'
import { createLogReader } from '../../services/control/room/log.ts'
import type { Ask } from '../../shared/web/ask-service.ts'

type Answer = { upTo: number; facts: string[]; news: object[]; before: object[] }

const ALL = { text: '', isNew: false }
const NEW = { text: '', isNew: true }
const line = (service: string, msg: string) => JSON.stringify({ level: 30, time: 1, service, msg })
const told = (parts: string[] | null) => parts && JSON.parse(`{${parts}}`).log

describe('the log in a control room', () => {
  it('begins with the last lines, and goes on from there', async () => {
    const { reader, logs, asked } = openReader()
    logs.answer = { upTo: 7, facts: [], news: [], before: [{ text: '', lines: ['a', 'b'], skipped: 0 }] }

    const first = await reader.look([NEW])
    logs.answer = { upTo: 9, facts: [], news: [{ text: '', lines: ['c'], skipped: 1 }], before: [] }
    const second = await reader.look([ALL])

    expect(told(first.partsFor(NEW))).toEqual({ lines: ['a', 'b'], skipped: 0 })
    expect(told(second.partsFor(ALL))).toEqual({ lines: ['c'], skipped: 1 })
    expect(asked).toEqual([
      { after: null, watched: [], begun: [''] },
      { after: 7, watched: [''], begun: [] },
    ])
  })

  it('has no part where nothing was said', async () => {
    const { reader, logs } = openReader()
    logs.answer = { upTo: 7, facts: [], news: [{ text: '', lines: [], skipped: 0 }], before: [] }

    expect((await reader.look([ALL])).partsFor(ALL)).toEqual([])
  })

  it('knows what each service has said last, also while logs is away', async () => {
    const { reader, logs } = openReader()
    logs.answer = { ...NOTHING, facts: [line('order', 'ready'), 'not JSON', '{"service":"payment", cut'] }
    await reader.look([ALL])
    logs.answer = { ...NOTHING, facts: [line('payment', 'stopped')] }
    await reader.look([ALL])
    logs.answer = null

    expect((await reader.look([ALL])).facts).toMatchObject({ payment: { msg: 'stopped' }, order: { msg: 'ready' } })
  })

  it('says since when logs tells nothing, skips nothing meanwhile, and says when it is back', async () => {
    const { reader, logs, asked } = openReader()
    logs.answer = { ...NOTHING, upTo: 7 }
    await reader.look([ALL])

    logs.answer = null
    const away = await reader.look([ALL, NEW])
    logs.answer = { ...NOTHING, upTo: 8 }
    await reader.look([ALL])
    const back = await reader.look([ALL])

    expect(Date.now() - (away.away?.knownAt ?? 0)).toBeLessThan(5_000)
    expect([away.partsFor(ALL), away.partsFor(NEW)]).toEqual([[], null])
    expect(back.away).toBeNull()
    expect(asked.slice(0, 3)).toMatchObject([{ after: null }, { after: 7 }, { after: 7 }])
  })

  it('that is frozen holds up nobody, is asked once, and what it answers late is told', async () => {
    const { reader, logs, asked } = openReader()
    let thaw = () => {}
    logs.freeze = new Promise((resolve) => (thaw = () => resolve()))
    logs.answer = { ...NOTHING, upTo: 7, news: [{ text: '', lines: ['late'], skipped: 0 }] }

    const frozen = [await reader.look([ALL]), await reader.look([ALL])]
    thaw()
    await new Promise((resolve) => setImmediate(resolve))
    const back = await reader.look([ALL])

    expect(frozen.map(({ away }) => away)).toEqual([{ knownAt: null }, { knownAt: null }])
    expect(told(back.partsFor(ALL))).toEqual({ lines: ['late'], skipped: 0 })
    expect(asked).toHaveLength(1)
  })

  it('answers those who came while it was asked at the look after: they are still to be told the last lines', async () => {
    const { reader, logs } = openReader()
    let thaw = () => {}
    logs.freeze = new Promise((resolve) => (thaw = () => resolve()))
    logs.answer = { ...NOTHING, news: [{ text: '', lines: ['late'], skipped: 0 }] }
    await reader.look([ALL])

    thaw()
    await new Promise((resolve) => setImmediate(resolve))
    const late = await reader.look([ALL, NEW])
    logs.answer = { ...NOTHING, before: [{ text: '', lines: ['a', 'b'], skipped: 0 }] }
    const next = await reader.look([ALL, NEW])

    expect(late.partsFor(NEW)).toBeNull()
    expect(told(next.partsFor(NEW))).toEqual({ lines: ['a', 'b'], skipped: 0 })
  })
})

const NOTHING: Answer = { upTo: 1, facts: [], news: [], before: [] }

/** A reader, and the service that it asks: null for one that is away. */
function openReader() {
  const asked: unknown[] = []
  const logs: { answer: Answer | null; freeze: Promise<void> | null } = { answer: null, freeze: null }
  const ask: Ask = async (_service, _path, body) => {
    asked.push(body)
    await logs.freeze
    return logs.answer && { status: 200, body: logs.answer }
  }
  return { reader: createLogReader(ask), logs, asked }
}
