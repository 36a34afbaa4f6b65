import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { controls } from '../../chaos/controls.ts'
import type { Edit } from '../../chaos/doctored-tree.ts'
import { scenarios, settingOf } from '../../chaos/scenarios.ts'
import { secondWorker } from '../../chaos/second-worker.ts'

const SIZES = { buyers: 1, units: 1, lines: 1, readers: 1 }
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

  it('for second workers, and for what a scenario is about', () => {
    expect(unfound((['notification', 'live', 'logs'] as const).map(secondWorker))).toEqual([])
    expect(unfound(settings.flatMap(({ edits = [] }) => edits))).toEqual([])
  })
})
