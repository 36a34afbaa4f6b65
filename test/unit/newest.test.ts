import { expect, it } from '@jest/globals'
import { newest } from '../../shared/newest.ts'

it('of each thing the row with the highest revision is the newest, in whatever order they came', () => {
  const rows = ['a 2', 'b 1', 'a 3', 'a 1', 'b 1'].map((text) => {
    const [name = '', revision] = text.split(' ')
    return { name, revision: Number(revision) }
  })
  const found = newest(rows, ({ name }) => name)
  expect(found.map(({ name, revision }) => `${name} ${revision}`).toSorted()).toEqual(['a 3', 'b 1'])
})
