import { describe, expect, it } from '@jest/globals'
import { personName } from '../../shared/person-name.ts'

const faultIn = (name: string) => personName.safeParse(name).error?.issues[0]?.message

describe('a name', () => {
  it.each([
    'Ada Lovelace',
    'J.R.R. Tolkien',
    'J. R. R. Tolkien',
    'Dr.Smith',
    'Prof. Dr. Ilse Müller-Lüdenscheidt',
    'ST.JOHN OF THE CROSS',
    'Martin Luther King Jr.',
    'Łukasz Żółć',
    '李小龍',
    'Zoë 👩‍💻',
    "O'Neil <b>",
    'X Æ A-12',
    'Smith & Sons, Inc.',
    'R2-D2 v1.5',
  ])('may be %s', (name) => {
    expect(faultIn(name)).toBeUndefined()
  })

  it.each([
    'Hello winner! Claim at https://evil.example/win',
    'claim at evil.example',
    'EVIL.COM',
    'www.evil',
    'ftp://x',
    'evil.com/win',
    'dr.evil.com',
    'evil．com',
    'evil。com',
    'evil\u2060.\u200bcom',
    'пример.рф',
    'mailto:eve',
    'eve@evil',
    'xn--mnchen-3ya.de',
  ])('may not be %s', (name) => {
    expect(faultIn(name)).toBe('must not contain a web address')
  })

  it('may not be empty, endless, or more than a line', () => {
    expect(['  ', 'x'.repeat(101), 'Ada\r\nBcc: x'].map((name) => faultIn(name) === undefined)).toEqual([
      false,
      false,
      false,
    ])
  })
})
