import { describe, expect, it } from '@jest/globals'
import { markdownTable, table } from '../../terminal/table.ts'

describe('a table', () => {
  it('has names to the left, figures to the right, and a rule around every section', () => {
    const shown = table([['orders', 12_345]], [['kill -9 to rest', '60 ms']])

    expect(shown).toBe(
      [
        '───────────────────────',
        'orders           12,345',
        '───────────────────────',
        'kill -9 to rest   60 ms',
        '───────────────────────',
      ].join('\n'),
    )
  })

  it('in Markdown can be read as it stands', () => {
    const shown = markdownTable(
      ['contest', 'found'],
      [
        ['memory', '294'],
        ['latency-at-load', 2_419],
      ],
    )

    expect(shown).toBe(
      [
        '| contest         | found |',
        '|-----------------|-------|',
        '| memory          | 294   |',
        '| latency-at-load | 2,419 |',
      ].join('\n'),
    )
  })
})
