import { describe, expect, it } from '@jest/globals'
import { points } from './crash-edits.ts'
import { describeDeaths } from './deaths.ts'

describe('a service that dies', () => {
  it('can do so before and after every step of the protocol', () => {
    const steps = ['pop', 'prepare', 'commit', 'acknowledge', 'push', 'requeue', 'delete of the row']
    const names = points.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(steps.flatMap((step) => [`before ${step}`, `after ${step}`])))
  })

  describeDeaths([])
})
