import { describe, expect, it } from '@jest/globals'
import { csvOf } from '../../shared/web/table.ts'

describe('a table as CSV', () => {
  it('has a line of headings, ends each line as RFC 4180 says, and quotes what has to be', () => {
    const rows = [
      ['OL-1', 12, null],
      ['a "quoted", text', 'two\nlines', undefined],
    ]

    expect(csvOf(['number', 'cents', 'sale'], rows)).toBe(
      'number,cents,sale\r\nOL-1,12,\r\n"a ""quoted"", text","two\nlines",\r\n',
    )
  })

  it.each(['=1+1', '+49 30', '-2', '@SUM(A1)', '\t=1', ' =1', '\r=1'])('lets %j be no formula', (text) => {
    expect(
      csvOf(['name'], [[text]])
        .split('\r\n')[1]
        ?.replace(/^"/, ''),
    ).toMatch(/^'/)
  })

  it('leaves numbers as they are', () => {
    expect(csvOf(['cents'], [[-5]])).toBe('cents\r\n-5\r\n')
  })
})
