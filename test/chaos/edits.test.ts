import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { clockEdits } from '../../chaos/clocks.ts'
import { controls } from '../../chaos/controls.ts'
import { dieAt } from '../../chaos/crash-points.ts'
import type { Edit } from '../../chaos/doctored-tree.ts'
import { turns } from '../../chaos/hosts/turn-control.ts'
import { scenarios, settingOf } from '../../chaos/scenarios.ts'
import { FIRST_ATTEMPTS_FAIL, HOURS_ARE_SHORT, points } from './crash-edits.ts'

const SIZES = { buyers: 1, units: 1, lines: 1, readers: 1, awayMs: 1, durationMs: 1 }
const settings = [null, ...scenarios].map((scenario) => settingOf(scenario, SIZES).more)

/** What does not find its text in the built shop, where each edit comes after those before it. */
function unfound(edits: Edit[]): Edit[] {
  const texts = new Map<string, string>()
  return edits.filter(({ file, find, replace }) => {
    const text = texts.get(file) ?? readFileSync(file, 'utf8')
    texts.set(
      file,
      text.replaceAll(find, () => replace),
    )
    return !text.includes(find)
  })
}

describe('the built shop has every text that the long runs change in it', () => {
  it.each(controls)('to be without the rule that $rule', ({ edits }) => {
    expect(unfound(edits)).toEqual([])
  })

  it('for what a scenario is about, for clocks, and to be without the turn', () => {
    expect(unfound(turns.none.edits)).toEqual([])
    expect(unfound(clockEdits('/clocks'))).toEqual([])
    expect(settings.flatMap(({ edits = [] }) => unfound(edits))).toEqual([])
  })

  it('for deaths, and for what makes that services come to where they die', () => {
    const deaths = points.map((point) => dieAt(point, ['order'], 1))
    expect(deaths.length).toBeGreaterThan(0)
    expect(unfound([FIRST_ATTEMPTS_FAIL, ...HOURS_ARE_SHORT, ...deaths])).toEqual([])
  })
})
